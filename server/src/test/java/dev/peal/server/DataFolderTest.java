package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    /** Another server: takes the folder and keeps it until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws InterruptedException {
            DataFolder folder = DataFolder.take(Path.of(arguments[0]));
            System.out.println("holds " + folder.path());
            Thread.currentThread().join();
        }
    }

    @Test
    void anotherProcessKeepsItAndItsDeathLetsItGo(@TempDir Path parent) throws IOException, InterruptedException {
        Path path = parent.resolve("data");
        try (JavaProcess holder = JavaProcess.start(Holder.class, path.toString())) {
            holder.awaitLine("holds");
            assertThatThrownBy(() -> DataFolder.take(path))
                    .isInstanceOf(StartException.class)
                    .hasMessage("server.data: " + path + " is in use by another server (process " + holder.pid() + ")");
            holder.kill();
            holder.exitCode();
            DataFolder.take(path).close();
        }
    }

    @Test
    void theSameProcessDoesNotGetItTwice(@TempDir Path parent) {
        try (DataFolder first = DataFolder.take(parent.resolve("data"))) {
            assertThatThrownBy(() -> DataFolder.take(first.path())).hasMessageContaining("is in use by another server");
        }
        DataFolder.take(parent.resolve("data")).close();
    }

    @Test
    void itIsMadeForItsOwnerAlone(@TempDir Path parent) throws IOException {
        Path path = parent.resolve("a").resolve("data");
        DataFolder.take(path).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileInItsPlaceIsNamed(@TempDir Path parent) throws IOException {
        Path file = Files.writeString(parent.resolve("data"), "");
        assertThatThrownBy(() -> DataFolder.take(file))
                .hasMessageStartingWith("server.data: " + file + " cannot be used");
    }

    @Test
    void oneThatCannotBeWrittenIsNamedInOneLine(@TempDir Path parent) throws IOException {
        Path path = Files.createDirectory(parent.resolve("data"));
        Path lock = Files.createDirectory(path.resolve("peal.lock")); // what even root cannot open for writing
        assertThatThrownBy(() -> DataFolder.take(path))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("server.data: " + path + " cannot be used")
                .hasMessageContaining(lock.toString())
                .message()
                .doesNotContain("\n");
    }
}
