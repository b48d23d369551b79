package dev.peal.bench;

import java.util.ArrayList;
import java.util.List;

/** A load to be put on: flags of the generator, gathered in the order they are named. */
final class Load {
    private final List<String> arguments = new ArrayList<>();

    private Load(String mode, String dialect) {
        with("--mode", mode).with("--dialect", dialect);
    }

    static Load of(String mode, String dialect) {
        return new Load(mode, dialect);
    }

    Load with(String flag, Object value) {
        arguments.add(flag);
        arguments.add(String.valueOf(value));
        return this;
    }

    Load with(String flag) {
        arguments.add(flag);
        return this;
    }

    List<String> arguments() {
        return List.copyOf(arguments);
    }
}
