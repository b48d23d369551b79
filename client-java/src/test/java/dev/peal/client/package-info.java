@NullMarked
package dev.peal.client;

import org.jspecify.annotations.NullMarked;
