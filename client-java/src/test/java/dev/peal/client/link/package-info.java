@NullMarked
package dev.peal.client.link;

import org.jspecify.annotations.NullMarked;
