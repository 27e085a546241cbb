package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.FOREIGN;
import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.SHARED;
import static dev.or3.tck.suites.plan.AskScript.STRANGER;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any order of switches, rollbacks and questions of two organizations, while backends come and go. */
final class ConfigWalk {
    private static final int STEPS = 16;
    private static final int BACKENDS_AT_MOST = 3;

    /** A backend that was up once, by its name. */
    private record Backend(String name, String type) {
        Map<String, Object> config() {
            return ConfigScript.config(name, type);
        }
    }

    /** An organization with its owner. */
    private record Organization(String id, String owner) {
    }

    private record Choice(Organization organization, Backend backend) {
    }

    private static final List<Organization> ORGANIZATIONS =
            List.of(new Organization(SHARED, OWNER), new Organization(FOREIGN, STRANGER));

    private final ConfigScript script = new ConfigScript();
    private final List<Backend> backends = new ArrayList<>();

    private ConfigWalk() {
        script.calls().then();
    }

    static ConfigScript take(Dice dice) {
        Predicate<ConfigWalk> served = walk -> !walk.backends.isEmpty();
        return Walk.from(ConfigWalk::new)
                .may(3, walk -> walk.backends.size() < BACKENDS_AT_MOST, ConfigWalk::newcomers, ConfigWalk::begin)
                .may(1, served, ConfigWalk::anyBackend, (walk, it) -> walk.script.up(it.name, it.type))
                .may(1, served, ConfigWalk::anyBackend, (walk, it) -> walk.script.failing(it.name, it.type, 503))
                .may(1, served, ConfigWalk::anyBackend, (walk, it) -> walk.script.dead(it.name, it.type))
                .may(5, served, ConfigWalk::choices,
                        by((s, at) -> s.switchTo(at.organization.owner, at.organization.id, at.backend.config())))
                .may(2, served, ConfigWalk::choices,
                        by((s, at) -> s.save(at.organization.owner, at.organization.id, at.backend.config())))
                .may(3, served, ConfigWalk::choices, by((s, at) -> s.rollback(at.organization.owner, at.organization.id)))
                .may(4, served, ConfigWalk::choices, by((s, at) -> s.query(at.organization.owner, at.organization.id)))
                .may(3, served, ConfigWalk::choices, by((s, at) -> s.active(at.organization.owner, at.organization.id)))
                .may(1, served, ConfigWalk::choices, by((s, at) -> s.events(at.organization.owner, at.organization.id)))
                .may(1, served, ConfigWalk::choices, by((s, at) -> s.health(at.organization.owner, at.organization.id)))
                .take(STEPS, dice).script;
    }

    private Arbitrary<Backend> newcomers() {
        return Arbitraries.of(ConfigScript.TYPES).map(type -> new Backend("walk" + backends.size(), type));
    }

    private void begin(Backend backend) {
        backends.add(backend);
        script.up(backend.name, backend.type);
    }

    private Arbitrary<Backend> anyBackend() {
        return Arbitraries.of(backends);
    }

    private Arbitrary<Choice> choices() {
        return Combinators.combine(Arbitraries.of(ORGANIZATIONS), anyBackend()).as(Choice::new);
    }

    private static BiConsumer<ConfigWalk, Choice> by(BiConsumer<ConfigScript, Choice> call) {
        return (walk, choice) -> call.accept(walk.script, choice);
    }
}
