package dev.peal.e2e.fault;

import dev.peal.server.Main;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real program on a folder, with limits that a test can fill, and what these tests share. */
public final class Servers {
    public static final boolean NIGHTLY = Boolean.getBoolean("peal.nightly");

    /** Lives for seconds: the quick compiler pays, the thorough one does not. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-Xmx512m");

    private Servers() {}

    /** In open mode, not started yet; {@code more} are options of {@code peal serve}. */
    public static ServerProcess on(Path folder, String... more) throws IOException {
        return on(folder, SHORT_LIVED, more);
    }

    /** As {@link #on(Path, String...)}, for who types as fast as it can. */
    public static ServerProcess ofDocuments(Path folder) throws IOException {
        return on(folder, "--rate.operation=1000000/1s", "--rate.join_document=1000000/1s");
    }

    static ServerProcess on(Path folder, List<String> jvm, String... more) throws IOException {
        return on(folder, jvm, ServerProcess.Place.HERE, more);
    }

    /** In a place whose clients reach it by other addresses than this machine's own. */
    static ServerProcess on(Path folder, ServerProcess.Place place, String... more) throws IOException {
        return on(folder, SHORT_LIVED, place, more);
    }

    private static ServerProcess on(Path folder, List<String> jvm, ServerProcess.Place place, String... more)
            throws IOException {
        int port = ServerProcess.freePort();
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--open",
                "--port",
                Integer.toString(port),
                "--data",
                data(folder).toString(),
                "--limits.connectionsPerAddress=20000",
                "--rate.message=1000000/1s",
                "--rate.authenticate=1000000/1s",
                "--rate.join_room=1000000/1s"));
        arguments.addAll(List.of(more));
        return new ServerProcess(
                new ServerProcess.Plan(Main.class.getName(), port, folder.resolve("server.log"), jvm, arguments),
                place);
    }

    /** Where a server on this folder keeps its data. */
    static Path data(Path folder) {
        return folder.resolve("data");
    }

    /** A seed that nobody chose, printed so that its run can be had again. */
    public static long seed(String test) {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        System.out.println(test + ": seed " + seed + " (again with -Dpeal.seed=" + seed + ")");
        return seed;
    }
}
