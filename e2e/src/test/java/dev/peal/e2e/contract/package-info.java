/** What passes on the wire in all of these tests, held against the AsyncAPI document, and the document against what passes. */
@NullMarked
package dev.peal.e2e.contract;

import org.jspecify.annotations.NullMarked;
