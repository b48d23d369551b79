package dev.peal.client.docs;

import dev.peal.ot.Selection;
import java.util.Optional;

/**
 * Where somebody else is.
 *
 * @param clientId one for each place that a user has the document open
 * @param selection in what is shown: moved by every edit
 */
public record RemoteCursor(String clientId, Optional<String> userId, Optional<String> userName, Selection selection) {
    RemoteCursor at(Selection other) {
        return new RemoteCursor(clientId, userId, userName, other);
    }
}
