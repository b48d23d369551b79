package dev.peal.search;

/**
 * A word of a text.
 *
 * @param folded what it is compared by: letters, digits, marks and symbols, never empty
 * @param start its first code point in the text
 * @param end behind its last
 */
public record Word(String folded, int start, int end) {}
