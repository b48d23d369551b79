package dev.peal.client.docs;

import java.util.Optional;

/** Who has a document open; without an id where nobody has said who they are. */
public record DocumentUser(Optional<String> userId, Optional<String> userName) {}
