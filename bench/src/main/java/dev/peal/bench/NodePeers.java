package dev.peal.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sees to it that the peers on Node can run: Node is there and their pinned packages are installed. */
final class NodePeers {
    private final Path directory;

    NodePeers(Path directory) {
        this.directory = directory;
    }

    /** Installs the packages unless they are there; answers what is missing, empty if nothing is. */
    String install() throws IOException {
        if (!succeeds(List.of("node", "--version"))) {
            return "needs node";
        }
        // npm dates what it installed; another list of packages is newer.
        Path installed = directory.resolve("node_modules/.package-lock.json");
        Path wanted = directory.resolve("package-lock.json");
        if (Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0) {
            return "";
        }
        // Their install scripts only build what comes prebuilt.
        return succeeds(List.of("npm", "ci", "--ignore-scripts")) ? "" : "npm ci failed in " + directory;
    }

    private boolean succeeds(List<String> command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean done = process.waitFor() == 0;
            if (!done) {
                System.err.print(output);
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            return false; // The program is not there.
        }
    }
}
