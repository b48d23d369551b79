package dev.peal.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everyone who ever wrote in a document, by the number that stands in its text. Only grows. Owned by the document's owner. */
final class Authors {
    private final List<Author> byNumber = new ArrayList<>();
    private final Map<Author, Integer> numbers = new HashMap<>();

    Authors(List<Author> known) {
        known.forEach(this::number);
    }

    /** The number of an author, who is known from now on. */
    int number(Author author) {
        Integer known = numbers.get(author);
        if (known == null) {
            known = byNumber.size();
            byNumber.add(author);
            numbers.put(author, known);
        }
        return known;
    }

    List<Author> all() {
        return List.copyOf(byNumber);
    }
}
