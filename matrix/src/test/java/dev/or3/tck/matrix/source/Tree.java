package dev.or3.tck.matrix.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tree of files that a test writes. */
public record Tree(Path root) {

    /** Writes a file, and the directories it needs. */
    public Tree with(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Takes a file away. */
    public Tree without(String path) {
        try {
            Files.delete(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Replaces a text in a file, which must be there. */
    public Tree changed(String path, String from, String to) {
        try {
            String content = Files.readString(root.resolve(path));
            if (!content.contains(from)) {
                throw new IllegalArgumentException(path + " does not contain " + from);
            }
            return with(path, content.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
