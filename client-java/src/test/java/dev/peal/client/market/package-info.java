@NullMarked
package dev.peal.client.market;

import org.jspecify.annotations.NullMarked;
