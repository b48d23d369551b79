package dev.peal.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The settings of one server: every key has a value that was read and checked. Immutable. */
public final class Config {
    private final Map<String, Setting> given;

    private Config(Map<String, Setting> given) {
        this.given = new LinkedHashMap<>(given);
    }

    /**
     * Reads and checks settings.
     *
     * @param given by key; what is not given has its default
     * @throws ConfigException for an unknown key, a wrong value or an impossible pair
     */
    public static Config of(Map<String, Setting> given) {
        for (Map.Entry<String, Setting> entry : given.entrySet()) {
            requireKnown(entry.getKey(), entry.getValue());
        }
        Config config = new Config(given);
        Keys.all().forEach(config::get);
        Keys.families().forEach(config::get);
        Pairs.check(config);
        return config;
    }

    /** The value of a setting. */
    public <T> T get(Key<T> key) {
        Setting setting = given.get(key.name());
        return setting == null
                ? read(key.name(), key.kind(), Setting.ofDefault(key.fallback()))
                : read(key.name(), key.kind(), setting);
    }

    /** The values of a family by their last word: the shipped ones and those given. */
    public <T> Map<String, T> get(Family<T> family) {
        Map<String, T> values = new TreeMap<>();
        for (String name : names(family)) {
            values.put(name.substring(family.prefix().length()), read(name, family.kind(), setting(family, name)));
        }
        return values;
    }

    /** Whether somebody set it, to whatever value. */
    public boolean isSet(Key<?> key) {
        return given.containsKey(key.name());
    }

    /** Every setting in force, in the order of the table, then families: {@code server.port: 8080  # peal.yaml}. */
    public List<Effective> effective() {
        List<Effective> all = new ArrayList<>();
        for (Key<?> key : Keys.all()) {
            all.add(new Effective(key.name(), given.getOrDefault(key.name(), Setting.ofDefault(key.fallback()))));
        }
        for (Family<?> family : Keys.families()) {
            names(family).forEach(name -> all.add(new Effective(name, setting(family, name))));
        }
        return all;
    }

    /** A setting in force. */
    public record Effective(String name, Setting setting) {}

    private Iterable<String> names(Family<?> family) {
        TreeSet<String> names = new TreeSet<>();
        family.shipped().keySet().forEach(word -> names.add(family.prefix() + word));
        given.keySet().stream().filter(family::owns).forEach(names::add);
        return names;
    }

    private Setting setting(Family<?> family, String name) {
        Setting own = given.get(name);
        if (own != null) {
            return own;
        }
        String shipped = family.shipped().get(name.substring(family.prefix().length()));
        return Setting.ofDefault(shipped == null ? "" : shipped);
    }

    private static <T> T read(String name, Kind<T> kind, Setting setting) {
        return kind.read(setting.text())
                .orElseThrow(() -> new ConfigException("%s: wants %s, got %s (%s)"
                        .formatted(name, kind.wants(), shown(setting.text()), setting.source())));
    }

    private static void requireKnown(String name, Setting setting) {
        List<String> known = Keys.all().stream().<String>map(Key::name).toList();
        if (known.contains(name) || Keys.families().stream().anyMatch(family -> family.owns(name))) {
            return;
        }
        String meant = Names.nearest(name, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("`peal check --all` explains every key");
        throw new ConfigException("%s: no such key (%s); %s".formatted(shown(name), setting.source(), meant));
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.isEmpty() ? "nothing" : line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
