/**
 * What people say about a document's text: comments on ranges that move with it, and replies.
 *
 * <p>All comments of an open document are in memory and belong to the document's owner; every change is in the store before it is told. A row keeps the range and
 * the revision that it counts in as they were when the comment was made: where it is now comes from the operations since, or from the document's snapshot. Texts
 * are text, never markup.
 */
@NullMarked
package dev.peal.docs.comments;

import org.jspecify.annotations.NullMarked;
