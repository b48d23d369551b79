package dev.peal.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads what a server process uses: CPU time and resident memory from {@code /proc}, live heap from {@code jcmd}. Answers 0 where they are not to be had. */
final class ServerProbe {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TICKS = 11;

    private final long pid;
    private final String jcmd;

    ServerProbe(long pid, String jcmd) {
        this.pid = pid;
        this.jcmd = jcmd;
    }

    /** User and system time of the whole process so far, in seconds, to 10 ms. */
    double cpuSeconds() {
        String stat = read("stat");
        int afterName = stat.lastIndexOf(')') + 2;
        if (afterName < 2) {
            return 0;
        }
        List<String> fields = List.of(stat.substring(afterName).split(" "));
        return (Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(USER_TICKS + 1))) / TICKS_PER_SECOND;
    }

    /** Resident memory in bytes. */
    long residentBytes() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** Bytes of live objects after a full collection; 0 for a server that is no JVM. */
    long liveHeapBytes() throws IOException {
        if (jcmd.isEmpty()) {
            return 0;
        }
        run("GC.run");
        return run("GC.class_histogram")
                .lines()
                .mapToLong(ServerProbe::liveBytes)
                .sum();
    }

    /** A line is {@code number: instances bytes class}; what fills holes between objects is no object. */
    private static long liveBytes(String line) {
        String[] fields = line.strip().split("\\s+");
        boolean counts = fields.length >= 4 && fields[0].endsWith(":") && !fields[3].contains("FillerElement");
        return counts && fields[2].matches("\\d+") ? Long.parseLong(fields[2]) : 0;
    }

    private String run(String command) throws IOException {
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String read(String file) {
        Path path = Path.of("/proc", Long.toString(pid), file);
        try {
            return pid > 0 && Files.isReadable(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            return ""; // The process ended between the two calls, or this system has no /proc.
        }
    }
}
