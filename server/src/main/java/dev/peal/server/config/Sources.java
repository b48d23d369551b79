package dev.peal.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Where settings come from, weakest first: the file, the environment, flags. */
public final class Sources {
    /** The file that is read where none is named. */
    public static final Path FILE_DEFAULT = Path.of("peal.yaml");

    private static final long FILE_BYTES_MAX = 1 << 20;
    private static final String PREFIX = "PEAL_";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Sources() {}

    /**
     * Reads all sources and checks the whole.
     *
     * @param file the file that was named; without one {@link #FILE_DEFAULT}, if it exists
     * @param environment the process's environment; what begins with {@code PEAL_} is a setting
     * @param flags by key, from the command line
     * @throws ConfigException for anything wrong in any of them
     */
    public static Config read(Optional<Path> file, Map<String, String> environment, Map<String, Setting> flags) {
        Map<String, Setting> all = new LinkedHashMap<>();
        if (file.isPresent() || Files.exists(FILE_DEFAULT)) {
            all.putAll(file(file.orElse(FILE_DEFAULT)));
        }
        all.putAll(environment(environment));
        all.putAll(flags);
        return Config.of(all);
    }

    static Map<String, Setting> environment(Map<String, String> environment) {
        Map<String, String> known = new TreeMap<>();
        Keys.all().forEach(key -> known.put(key.variable(), key.name()));
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
            String variable = entry.getKey();
            if (variable.startsWith(PREFIX)) {
                String key = Optional.ofNullable(known.get(variable))
                        .or(() -> familyKey(variable))
                        .orElseThrow(() -> unknown(variable, known));
                settings.put(key, new Setting(entry.getValue().strip(), variable));
            }
        }
        return settings;
    }

    /** {@code PEAL_RATE_JOIN_ROOM} is {@code rate.join_room}. */
    private static Optional<String> familyKey(String variable) {
        return Keys.families().stream()
                .filter(family -> variable.startsWith(Names.variable(family.prefix())))
                .map(family -> family.prefix()
                        + variable.substring(Names.variable(family.prefix()).length())
                                .toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static ConfigException unknown(String variable, Map<String, String> known) {
        String meant = Names.nearest(variable, known.keySet())
                .map(name -> "did you mean " + name + "?")
                .orElse("`peal check --all` explains every key");
        return new ConfigException(variable + ": no such setting (environment); " + meant);
    }

    static Map<String, Setting> file(Path file) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        JsonNode root = parse(file);
        if (root.isObject()) {
            flatten("", root, file, settings);
        } else if (!root.isMissingNode() && !root.isNull()) {
            throw new ConfigException(file + ": wants keys with values, as server.port: 8080");
        }
        return settings;
    }

    private static JsonNode parse(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new ConfigException(file + ": wants to be smaller than 1 MiB");
            }
            byte[] text = Files.readAllBytes(file);
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return YAML.readTree(text);
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": is not UTF-8");
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read");
        } catch (JacksonException e) {
            String reason = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new ConfigException("%s: line %d: %s".formatted(file, line, reason));
        }
    }

    private static void flatten(String prefix, JsonNode node, Path file, Map<String, Setting> into) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = prefix + entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                flatten(name + ".", value, file, into);
            } else if (into.put(name, new Setting(text(name, value), file.toString())) != null) {
                throw new ConfigException(name + ": stands twice in " + file);
            }
        }
    }

    private static String text(String name, JsonNode value) {
        if (value.isArray()) {
            StringBuilder list = new StringBuilder();
            for (JsonNode element : value) {
                list.append(list.isEmpty() ? "" : ",").append(scalar(name, element));
            }
            return list.toString();
        }
        return scalar(name, value);
    }

    private static String scalar(String name, JsonNode value) {
        if (value.isContainer()) {
            throw new ConfigException(name + ": wants a value or a list of values, got a list within a list");
        }
        return value.isNull() ? "" : value.asString().strip();
    }
}
