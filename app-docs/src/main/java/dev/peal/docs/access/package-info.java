/**
 * Whose documents are whose: titles, roles, links, and the list of my documents, kept in the application's store.
 *
 * <p>A document's record is one value, changed by compare-and-set alone, so that of two writers none is lost; it decides, and the lists of users only point at it.
 * Thread-safe: every answer comes on the owner of the document's room. Who has no role learns nothing, not even whether there is such a document. A link's secret
 * is kept as its digest; it is in one answer and never in a log, an address or a metric.
 */
@NullMarked
package dev.peal.docs.access;

import org.jspecify.annotations.NullMarked;
