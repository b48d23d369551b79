package dev.peal.hub;

import dev.peal.log.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The resident of one room, from the moment that it is asked for: what is stored while it loads is given to it when it is there. Owned by the room's owner. */
final class Residency {
    private final @Nullable Residents residents;
    private @Nullable Resident resident;
    private @Nullable ArrayList<Entry> unheard;

    /** @param residents of the room's kind; null where it keeps none */
    Residency(@Nullable Residents residents) {
        this.residents = residents;
    }

    /** Null where the kind keeps none, while it loads, and once it has moved out. */
    @Nullable
    Resident resident() {
        return resident;
    }

    /** @param done told whether the room can be used; not at all where the resident moved out meanwhile */
    void moveIn(OpenRoom room, Consumer<Boolean> done) {
        if (residents == null) {
            done.accept(true);
            return;
        }
        unheard = new ArrayList<>();
        residents.open(room, loaded -> movedIn(loaded, done));
    }

    private void movedIn(Optional<Resident> loaded, Consumer<Boolean> done) {
        List<Entry> missed = unheard;
        if (missed == null) {
            // The log failed meanwhile: what was loaded belongs to a history that is gone.
            loaded.ifPresent(Resident::closed);
            return;
        }
        unheard = null;
        loaded.ifPresent(there -> {
            missed.forEach(there::entry);
            resident = there;
        });
        done.accept(loaded.isPresent());
    }

    void entry(Entry entry) {
        if (resident != null) {
            resident.entry(entry);
        } else if (unheard != null) {
            unheard.add(entry);
        }
    }

    void moveOut() {
        Resident there = resident;
        resident = null;
        unheard = null;
        if (there != null) {
            there.closed();
        }
    }
}
