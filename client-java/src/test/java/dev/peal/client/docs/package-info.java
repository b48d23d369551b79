@NullMarked
package dev.peal.client.docs;

import org.jspecify.annotations.NullMarked;
