/**
 * Revisions of a document that somebody gave a name.
 *
 * <p>All of an open document's are in memory and belong to its owner; a name is in the store before it is told. What a revision contains is the log's business.
 */
@NullMarked
package dev.peal.docs.versions;

import org.jspecify.annotations.NullMarked;
