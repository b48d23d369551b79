/** The files of this module judged by themselves: whether they agree with each other. */
@NullMarked
package dev.peal.spec;

import org.jspecify.annotations.NullMarked;
