package dev.or3.tck.matrix.doctor;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.suites.connect.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the provider says of itself, by itself. */
final class ManifestLook {
    private static final String SUBJECT = "manifest";
    private static final Set<String> COMPONENTS = Set.of("sync", "workspaces", "storage", "tokens", "rateLimits", "jobs",
            "notifications", "admin", "config");
    private static final Map<String, Set<String>> CAPABILITIES = Map.of(
            "sync", Set.of("gc", "snapshot", "applied", "cursorOwnership"), "workspaces", Set.of("getUser", "admin"),
            "storage", Set.of("commit", "gc", "delete", "quota"));
    private static final Set<String> CONTROLS = Set.of("clock", "inspect", "restart", "provision");
    private static final Set<String> NORMALIZES = Set.of("file_meta.ref_count", "nulls");

    private final Manifest manifest;
    private final List<Finding> findings = new ArrayList<>();

    private ManifestLook(Manifest manifest) {
        this.manifest = manifest;
    }

    static List<Finding> look(Target target) {
        ManifestLook look = new ManifestLook(target.manifest());
        look.identity();
        look.names();
        look.limits();
        // Elsewhere the look at the bridge has asked twice.
        if (target.addresses().isEmpty() && !target.instance(0).manifest().equals(target.manifest())) {
            look.fail("differs from call to call", "answer the same manifest every time");
        }
        if (look.findings.isEmpty()) {
            look.findings.add(Finding.ok(SUBJECT, look.summary()));
        }
        return look.findings;
    }

    private String summary() {
        return manifest.provider().name() + " " + manifest.provider().version() + ", " + manifest.profile().wireName()
                + ", components " + new TreeSet<>(manifest.components().keySet()) + ", controls "
                + new TreeSet<>(manifest.controls());
    }

    private void identity() {
        Manifest.Identity identity = manifest.provider();
        if (manifest.protocol() != Manifest.PROTOCOL) {
            fail("speaks protocol " + manifest.protocol(), "this kit speaks " + Manifest.PROTOCOL);
        }
        if (blank(identity.id()) || blank(identity.name()) || blank(identity.version())) {
            fail("lacks an id, a name or a version: " + identity, "give all three");
        }
        if (manifest.components().isEmpty()) {
            fail("declares no component", "declare what the provider has, or nothing is checked");
        }
    }

    private void names() {
        unknown("component", manifest.components().keySet(), COMPONENTS);
        manifest.components().forEach((name, component) -> unknown("capability of " + name, component.capabilities(),
                CAPABILITIES.getOrDefault(name, component.capabilities())));
        unknown("control", Set.copyOf(manifest.controls()), CONTROLS);
        unknown("normalization", Set.copyOf(manifest.normalizes()), NORMALIZES);
    }

    private void unknown(String kind, Set<String> declared, Set<String> known) {
        declared.stream().filter(name -> !known.contains(name)).sorted().forEach(name -> findings.add(Finding.warn(SUBJECT,
                "declares the unknown " + kind + " '" + name + "'", "known are " + new TreeSet<>(known))));
    }

    private void limits() {
        Limits limits = manifest.limits();
        positive("maxOpsPerPush", limits.maxOpsPerPush());
        positive("maxPullLimit", limits.maxPullLimit());
        positive("maxPayloadBytes", limits.maxPayloadBytes());
        positive("snapshotSeconds", limits.snapshotSeconds());
        positive("maxJobs", limits.maxJobs());
        positive("maxJobsPerUser", limits.maxJobsPerUser());
        positive("maxUrlSeconds", limits.maxUrlSeconds());
        positive("storageQuotaBytes", limits.storageQuotaBytes());
        Long shortest = limits.minRetentionSeconds();
        Long longest = limits.maxRetentionSeconds();
        if (shortest != null && longest != null && shortest > longest) {
            fail("has a minRetentionSeconds above maxRetentionSeconds", "swap or correct them");
        }
    }

    private void positive(String name, Number limit) {
        if (limit != null && limit.longValue() < 1) {
            fail("declares " + name + " " + limit, "declare 1 or more, or leave it out if there is no limit");
        }
    }

    private void fail(String text, String advice) {
        findings.add(Finding.fail(SUBJECT, text, advice));
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
