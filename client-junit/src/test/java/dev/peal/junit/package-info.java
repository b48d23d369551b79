@NullMarked
package dev.peal.junit;

import org.jspecify.annotations.NullMarked;
