/**
 * Search in what a room has stored: {@link dev.peal.search.Search}, and what a word is.
 *
 * <p>{@link dev.peal.search.Words} and {@link dev.peal.search.Query} decide alone what matches: an index may find entries faster, and what it finds is held
 * against them, so that every implementation gives the same results and a query is never anybody's query language.
 */
@NullMarked
package dev.peal.search;

import org.jspecify.annotations.NullMarked;
