package dev.peal.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What is wrong with a file, for a person: of these exceptions the message names the file, and the class says what is wrong with it. */
final class FileProblem {
    private FileProblem() {}

    /** As "access denied"; with the name of the file in front where it is not the one that was named before. */
    static String of(IOException e, Path named) {
        boolean another = e instanceof FileSystemException of
                && of.getFile() != null
                && !of.getFile().equals(named.toString());
        return another ? ((FileSystemException) e).getFile() + ": " + reason(e) : reason(e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> "no such file or folder";
            case AccessDeniedException denied -> "access denied";
            case FileAlreadyExistsException file -> "a file is in its place";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> e.getMessage() == null ? "I/O error" : e.getMessage();
        };
    }
}
