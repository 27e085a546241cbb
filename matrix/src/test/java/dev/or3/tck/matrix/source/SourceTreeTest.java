package dev.or3.tck.matrix.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
    @TempDir
    Path directory;

    private SourceTree list(Path root) throws IOException {
        return SourceTree.list(root, path -> true);
    }

    @Test
    void what_git_ignores_and_installed_packages_are_left_out() throws IOException {
        new Tree(directory).with(".gitignore", "generated/\n*.gen.ts\n!kept.gen.ts\n/top.ts\n")
                .with("a.ts", "").with("generated/a.ts", "").with("lib/generated/a.ts", "").with("a.gen.ts", "")
                .with("kept.gen.ts", "").with("top.ts", "").with("lib/top.ts", "").with("node_modules/m/a.ts", "")
                .with("lib/node_modules/m/a.ts", "").with("lib/.gitignore", "!a.gen.ts\nb.ts\n").with("lib/a.gen.ts", "")
                .with("lib/b.ts", "").with(".git/HEAD", "");

        assertThat(list(directory).files()).containsExactly(".gitignore", "a.ts", "kept.gen.ts", "lib/.gitignore",
                "lib/a.gen.ts", "lib/top.ts");
    }

    @Test
    void what_the_repository_above_ignores_is_left_out_but_nothing_beyond_it_counts() throws IOException {
        new Tree(directory).with(".gitignore", "*.ts\n").with("repository/.git/HEAD", "")
                .with("repository/.gitignore", "/app/out/\n").with("repository/app/a.ts", "")
                .with("repository/app/out/b.ts", "");

        assertThat(list(directory.resolve("repository/app")).files()).containsExactly("a.ts");
    }

    @Test
    void directories_that_cannot_be_entered_are_told() throws IOException {
        new Tree(directory).with("closed/a.ts", "");
        Path closed = directory.resolve("closed");
        try {
            assumeThat(closed.toFile().setReadable(false) && !Files.isReadable(closed)).as("permissions count").isTrue();

            assertThat(list(directory).unreadable()).containsOnlyKeys("closed");
        } finally {
            assertThat(closed.toFile().setReadable(true)).isTrue();
        }
    }
}
