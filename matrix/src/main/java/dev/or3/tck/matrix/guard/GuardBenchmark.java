package dev.or3.tck.matrix.guard;

import dev.or3.tck.api.bench.Benchmark;
import dev.or3.tck.api.bench.BenchmarkReport;
import dev.or3.tck.api.bench.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How long the guard takes to look through a large host, the first time and when it is warm. */
public final class GuardBenchmark implements Benchmark {
    private static final int FILES = 5000;
    private static final int PARTS = 10;
    private static final double AT_MOST_SECONDS = 5;
    private static final List<String> PLACES = List.of("server/api/f%d.ts", "app/pages/f%d.vue", "server/plugins/f%d.js");

    private static final String IMPORTS = """
            import { computed, ref } from 'vue'
            import type { Session } from '~~/server/auth/session'
            export * from './shared'
            """;
    private static final String PART = """
            /** The messages of thread %1$d, newest first. */
            export async function load%1$d(session, limit = %1$d) {
                const { query } = await import('~~/server/db');
                const rows = await query(`select * from messages where thread = ${limit}`, [session.user?.id ?? null]);
                return rows.map((row) => ({ ...row, text: row.text.replace(/\\s+/g, ' '), at: new Date(row.at) }));
            }
            """;

    @Override
    public String id() {
        return "guard";
    }

    @Override
    public String describe() {
        return "the guard on a host of " + FILES + " files in hot zones";
    }

    @Override
    public void run(BenchmarkReport report, Duration budget) throws Exception {
        Path root = Files.createTempDirectory("or3-bench-guard");
        try {
            double megabytes = write(root) / 1e6;
            report.add(Figure.told("files", FILES, String.format("of %.0f MB", megabytes)));
            long end = System.nanoTime() + budget.toNanos();
            report.add(Figure.atMost(AT_MOST_SECONDS, "the first look", seconds(root), "s"));
            double best = Double.MAX_VALUE;
            do {
                best = Math.min(best, seconds(root));
            } while (System.nanoTime() < end);
            report.add(Figure.told("the fastest look when warm", best, "s"));
        } finally {
            delete(root);
        }
    }

    private static double seconds(Path root) throws Exception {
        long start = System.nanoTime();
        int seen = Guard.look(root, GuardRules.of("")).looked().get("files");
        if (seen != FILES) {
            throw new IllegalStateException("looked at " + seen + " files only");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static long write(Path root) throws IOException {
        StringBuilder code = new StringBuilder(IMPORTS);
        for (int part = 0; part < PARTS; part++) {
            code.append(String.format(PART, part));
        }
        long bytes = 0;
        for (int i = 0; i < FILES; i++) {
            String place = PLACES.get(i % PLACES.size());
            Path file = root.resolve(String.format(place, i));
            Files.createDirectories(file.getParent());
            String content = place.endsWith(".vue")
                    ? "<template>\n  <p>{{ title }}</p>\n</template>\n<script lang=\"ts\">\n" + code + "</script>\n"
                    : place.endsWith(".js") ? code.toString().replace("import type", "import") : code.toString();
            if (i % 10 == 0) {
                content = content.replace("newest first", "newest first, as convex had it");
            }
            bytes += content.length();
            Files.writeString(file, content);
        }
        return bytes;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
