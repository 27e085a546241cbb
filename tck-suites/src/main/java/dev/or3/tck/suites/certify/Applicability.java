package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.catalogue.Level;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Status;
import dev.or3.tck.suites.backend.PlayedBackends;
import dev.or3.tck.suites.connect.Target;
import java.util.Optional;
import java.util.Set;

/** Decides from the manifest which rules can be verified at all, before anything runs. */
final class Applicability {
    private static final Set<String> CAPABILITIES = Set.of("gc", "snapshot", "applied", "cursorOwnership", "commit", "delete", "quota");
    private static final Set<String> CONTROLS = Set.of("clock", "restart");

    private final Target target;
    private final Manifest manifest;
    private final Profile profile;

    Applicability(Target target, Profile profile) {
        this.target = target;
        this.manifest = target.manifest();
        this.profile = profile;
    }

    /**
     * @param status  not applicable or not verifiable
     * @param message why
     */
    record Obstacle(Status status, String message) {
    }

    /** The level to which the provider is held. */
    Level levelOf(Rule rule) {
        return rule.levelFor(manifest);
    }

    /** Why the rule cannot be verified, or empty if it can. */
    Optional<Obstacle> obstacle(Rule rule) {
        if (!manifest.hasComponent(rule.component())) {
            return notApplicable("the manifest declares no component " + rule.component());
        }
        if (!profile.includes(rule.from())) {
            return notApplicable("applies from " + rule.from().wireName() + " on; this is " + profile.wireName());
        }
        for (String need : rule.needs()) {
            if (CAPABILITIES.contains(need) && !manifest.hasCapability(rule.component(), need)) {
                return notApplicable("the manifest does not declare the capability " + need);
            }
        }
        for (String need : rule.needs()) {
            if (CONTROLS.contains(need) && !manifest.hasControl(need)) {
                return notVerifiable("needs the test control " + need + ", which the manifest does not list");
            }
            if (need.equals("kill") && !target.canKill()) {
                return notVerifiable("needs a provider that the kit can kill: start it with --command or --image");
            }
            if (need.equals("sync") && !manifest.hasComponent("sync")) {
                return notVerifiable("needs the component sync, which the manifest does not declare");
            }
            if (need.equals("state") && !showsState()) {
                return notVerifiable("needs a view of the state: snapshot, applied or the inspect control");
            }
            if (need.equals("command") && target.storageSettings().isEmpty()) {
                return notVerifiable("needs a provider that the kit can start on wrong storage");
            }
            if (need.equals("backends") && PlayedBackends.shared().isEmpty()) {
                return notVerifiable("needs WireMock on the class path, which plays the backends");
            }
            if (need.equals("backends") && !target.reachesKit()) {
                return notVerifiable("needs a provider that reaches what the kit plays on this machine: not one in a container");
            }
            if (need.equals("environment") && !target.environment().choosesBackend()) {
                return notVerifiable("needs a provider that the kit starts, with BACKEND_PROVIDER left to the kit");
            }
            if (need.equals("files") && target.storage().isEmpty()) {
                return notVerifiable("needs a provider whose files the kit can look into");
            }
            if (need.equals("registry") && !ConfigPhases.hasRegistry(target)) {
                return notVerifiable("needs a provider in this JVM, whose config component is a Registry");
            }
            if (need.equals("schema") && !target.canStartUnderOtherSchema()) {
                return notVerifiable("needs a provider that the kit can start under two versions of the schema");
            }
        }
        return Optional.empty();
    }

    /** Whether the rule is about what no endpoint of a host shows, unless answers to pushes happen to tell. */
    boolean isOutOfSight(Rule rule) {
        return manifest.hasComponent(Rule.HOST) && rule.group().equals("LWW");
    }

    private boolean showsState() {
        return manifest.hasControl("inspect") || profile.includes(Profile.V1_1)
                && (manifest.hasCapability("sync", "snapshot") || manifest.hasCapability("sync", "applied"));
    }

    private static Optional<Obstacle> notApplicable(String message) {
        return Optional.of(new Obstacle(Status.NOT_APPLICABLE, message));
    }

    private static Optional<Obstacle> notVerifiable(String message) {
        return Optional.of(new Obstacle(Status.NOT_VERIFIABLE, message));
    }
}
