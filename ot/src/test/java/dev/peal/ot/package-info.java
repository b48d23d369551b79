/** The algebra held against its laws, against a model of text as it stands, and against the npm package that it is to equal. */
@NullMarked
package dev.peal.ot;

import org.jspecify.annotations.NullMarked;
