package dev.peal.engine.sqlite;

import dev.peal.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process did to its database, in order, as {@code strace} recorded it: bytes written, lengths cut, syncs, and what it acknowledged in between. */
final class Trace {
    private static final int CHILD_SECONDS = Boolean.getBoolean("peal.nightly") ? 400 : 100;
    private static final Pattern CALL = Pattern.compile(
            "(write|pwrite64|ftruncate|fdatasync|fsync)\\((\\d+)(?:<([^>]*)>)?(?:, \"([^\"]*)\"(?:, (\\d+))?)?(?:, (\\d+))?\\)\\s*= (-?\\d+)(.*)");

    private static final Pattern CLOSE = Pattern.compile("close\\((\\d+)<([^>]*)>\\)\\s*= .*");

    private static final Pattern UNLINK = Pattern.compile("unlink\\(\"([^\"]*)\"\\)\\s*= 0");

    /** The open file behind each number, counted: numbers are given out again. */
    private final Map<String, Integer> descriptors = new HashMap<>();

    private int opened;

    private Trace() {}

    /** One step. {@code file} is {@code ""} for the database and {@code "-wal"} for its WAL, {@code by} the open file that it went through. */
    sealed interface Step {
        record Write(String file, int by, long offset, byte[] data) implements Step {}

        /** Taken as durable at once: only a rollback journal goes so, and the log syncs its folder before anything is appended. */
        record Unlink(String file) implements Step {}

        record Truncate(String file, long length) implements Step {}

        record Sync(String file, int by) implements Step {}

        /**
         * After it nobody knows which of the writes before it are on the disk, and no later sync brings them there.
         *
         * @param spared open files whose next sync succeeded: Linux tells each of the failure once, so their own writes were not a part of it
         */
        record SyncFailed(String file, int by, Set<Integer> spared) implements Step {}

        record Acknowledged(int room, long offset, int number) implements Step {}
    }

    /** Runs {@link TraceChild} under strace; {@code inject} are further options of it. */
    static List<Step> record(Path database, int count, String synchronous, List<String> inject)
            throws IOException, InterruptedException {
        Path record = database.resolveSibling("trace.txt");
        List<String> strace = new ArrayList<>(
                List.of("strace", "-f", "-qq", "-y", "-xx", "-s", "100000", "--seccomp-bpf", "-o", record.toString()));
        strace.addAll(List.of("-e", "trace=write,pwrite64,ftruncate,fdatasync,fsync,close,unlink"));
        strace.addAll(inject);
        Path output = database.resolveSibling("output.txt");
        Process child = Machine.java(strace, TraceChild.class, database.toString(), "" + count, synchronous)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!child.waitFor(CHILD_SECONDS, TimeUnit.SECONDS) || child.exitValue() != 0) {
                throw new AssertionError("the recorded process failed: " + Files.readString(output));
            }
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
            child.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
        List<Step> steps = new Trace().read(record, database);
        Files.delete(record);
        return spare(steps);
    }

    /** A call that another thread's interrupts is on two lines; it counts where it ended, an acknowledgement where it began. */
    private List<Step> read(Path record, Path database) throws IOException {
        List<Step> steps = new ArrayList<>();
        Map<String, String> begun = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(record, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String thread = line.substring(0, line.indexOf(' '));
                String call = line.substring(line.indexOf(' ')).strip();
                int cut = call.indexOf(" <unfinished ...>");
                if (cut >= 0) {
                    begun.put(thread, call.substring(0, cut));
                    if (call.startsWith("write(1<")) {
                        add(steps, call.substring(0, cut) + ", 1) = 1", database);
                        begun.put(thread, "done(");
                    }
                    continue;
                }
                if (call.startsWith("<... ")) {
                    String rest = call.substring(call.indexOf('>') + 1);
                    // strace repeats nothing of the arguments, except the bracket that closes them.
                    call = begun.getOrDefault(thread, "lost(") + rest;
                }
                add(steps, call, database);
            }
        }
        return steps;
    }

    private static List<Step> spare(List<Step> steps) {
        List<Step> all = new ArrayList<>(steps);
        Map<String, Set<Integer>> succeedNext = new HashMap<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i) instanceof Step.Sync sync) {
                succeedNext
                        .computeIfAbsent(sync.file(), file -> new HashSet<>())
                        .add(sync.by());
            } else if (all.get(i) instanceof Step.SyncFailed failed) {
                Set<Integer> others = succeedNext.computeIfAbsent(failed.file(), file -> new HashSet<>());
                others.remove(failed.by());
                all.set(i, new Step.SyncFailed(failed.file(), failed.by(), Set.copyOf(others)));
            }
        }
        return all;
    }

    private void add(List<Step> steps, String call, Path database) {
        Matcher unlink = UNLINK.matcher(call);
        if (unlink.matches() && text(unlink.group(1)).startsWith(database.toString())) {
            steps.add(new Step.Unlink(
                    text(unlink.group(1)).substring(database.toString().length())));
        }
        Matcher close = CLOSE.matcher(call);
        if (close.matches()) {
            descriptors.remove(close.group(1));
        }
        Matcher matcher = CALL.matcher(call);
        if (!matcher.matches()) {
            return;
        }
        boolean failed = matcher.group(7).startsWith("-");
        if (matcher.group(1).equals("write") && matcher.group(2).equals("1")) {
            acknowledgement(steps, text(matcher.group(4)));
            return;
        }
        String file = matcher.group(3) == null ? "" : text(matcher.group(3));
        if (!file.startsWith(database.toString()) || file.endsWith("-shm")) {
            return;
        }
        int by = descriptors.computeIfAbsent(matcher.group(2), number -> opened++);
        String part = file.substring(database.toString().length());
        switch (matcher.group(1)) {
            case "pwrite64" -> {
                if (!failed) {
                    byte[] data = bytes(matcher.group(4));
                    steps.add(new Step.Write(part, by, Long.parseLong(matcher.group(6)), data));
                }
            }
            case "ftruncate" -> {
                if (!failed) {
                    steps.add(new Step.Truncate(part, Long.parseLong(matcher.group(6))));
                }
            }
            case "fdatasync", "fsync" ->
                steps.add(failed ? new Step.SyncFailed(part, by, Set.of()) : new Step.Sync(part, by));
            default -> throw new AssertionError("a write without an offset: " + call);
        }
    }

    private static void acknowledgement(List<Step> steps, String line) {
        String[] words = line.strip().split(" ", -1);
        if (words[0].equals("ack")) {
            steps.add(new Step.Acknowledged(
                    Integer.parseInt(words[1]), Long.parseLong(words[2]), Integer.parseInt(words[3])));
        }
    }

    private static String text(String printed) {
        return printed.startsWith("\\x") ? new String(bytes(printed), StandardCharsets.UTF_8) : printed;
    }

    /** From {@code \x41\x42}. */
    private static byte[] bytes(String hex) {
        byte[] bytes = new byte[hex.length() / 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte)
                    (Character.digit(hex.charAt(4 * i + 2), 16) << 4 | Character.digit(hex.charAt(4 * i + 3), 16));
        }
        return bytes;
    }
}
