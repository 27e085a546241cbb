package dev.or3.tck.suites.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.config.Registry;
import dev.or3.tck.suites.backend.CanarySearch;
import dev.or3.tck.suites.backend.Canaries;
import dev.or3.tck.suites.backend.KitEnvironment;
import dev.or3.tck.suites.backend.Mood;
import dev.or3.tck.suites.backend.PlayedBackends;
import dev.or3.tck.suites.backend.RegisteredBackends;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.connect.UnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the kit sees to around the provider while a plan runs (see {@link dev.or3.tck.suites.plan.Action.Arrange}):
 * <ul>
 * <li>{@code environment}: finds out whether the default backend is the one that the kit plays;
 * <li>{@code play} ({@code backend}, {@code type}, and a mood): a backend of this run is there, and so disposed;
 * <li>{@code register} ({@code type}): a type of backends is registered with every instance in this JVM;
 * <li>{@code opened} ({@code type}): counts the backends of such a type that were opened;
 * <li>{@code search}: looks for secrets where the provider stores, writes and is started;
 * <li>{@code stored}: measures how much that was never there before lies in the storage;
 * <li>{@code reopened} ({@code kind}, {@code orgId}, {@code userId}, {@code backend}): starts the provider on the same
 * storage,     with another key or altered credentials if the kind says so, and queries the organization's backend.
 * </ul>
 * Safe for use by several threads.
 */
final class Backstage implements AutoCloseable {
    private final Target target;
    private final Placeholders placeholders;
    private final Set<String> marks = ConcurrentHashMap.newKeySet();
    private final StorageNews news = new StorageNews();
    private final Map<String, List<RegisteredBackends>> registered = new ConcurrentHashMap<>();

    Backstage(Target target, Placeholders placeholders) {
        this.target = target;
        this.placeholders = placeholders;
    }

    /**
     * @return what was found; null where nothing is looked for
     * @throws IllegalArgumentException if there is no such thing to see to
     */
    JsonText arrange(String what, Map<String, String> with) {
        return switch (what) {
            case "environment" -> found(environment());
            case "play" -> play(with);
            case "register" -> register(with.get("type"));
            case "opened" -> found(opened(with.get("type")));
            case "search" -> found(search());
            case "stored" -> found(Map.of("fresh", news.longest(target.storage())));
            case "reopened" -> found(Map.of("answer", reopened(with)));
            default -> throw new IllegalArgumentException("the kit cannot see to '" + what + "'");
        };
    }

    private static JsonText found(Object what) {
        return new JsonText(Json.write(what));
    }

    private Map<String, Object> environment() {
        PlayedBackends.shared().ifPresent(PlayedBackends::begin);
        KitEnvironment environment = target.environment();
        return environment.choosesBackend()
                ? Map.of("type", PlayedBackends.DEFAULT_TYPE, "backend", PlayedBackends.DEFAULT) : Map.of();
    }

    private JsonText play(Map<String, String> with) {
        String mark = placeholders.mark(with.get("backend"));
        marks.add(mark);
        PlayedBackends.shared().orElseThrow().play(mark, with.get("type"), credentials(with.get("type"),
                with.get("backend")),
                Mood.of(with));
        return null;
    }

    /** What a backend takes, as plans give it to their configurations. */
    private List<String> credentials(String type, String name) {
        Canaries canaries = placeholders.canaries();
        return switch (type) {
            case "wordpress" -> List.of("editor:" + canaries.of("password", name));
            case "notion" -> List.of(canaries.of("token", name));
            case "supabase" -> List.of(canaries.of("key", name), canaries.of("key", name + "-service"),
                    canaries.of("long", name));
            default -> List.of();
        };
    }

    private JsonText register(String type) {
        List<RegisteredBackends> all = new ArrayList<>();
        for (int i = 0; i < target.instances(); i++) {
            Configuration configuration = target.instance(i).configuration();
            if (!(configuration instanceof Registry registry)) {
                throw ProviderException.unsupported("registry of types that can be reached in this JVM");
            }
            RegisteredBackends factory = new RegisteredBackends(type);
            registry.register(factory);
            all.add(factory);
        }
        registered.putIfAbsent(type, all);
        return null;
    }

    /** By name of the configuration: of all instances of the provider, the one that has the most of them. */
    private Map<String, RegisteredBackends.Count> opened(String type) {
        Map<String, RegisteredBackends.Count> most = new LinkedHashMap<>();
        registered.getOrDefault(type, List.of()).forEach(factory -> factory.counts().forEach((name, count) ->
                most.merge(name,
                count, (one, other) -> new RegisteredBackends.Count(Math.max(one.opened(), other.opened()),
                        Math.max(one.open(), other.open())))));
        return most;
    }

    /**
     * Where was looked, and what was there.
     *
     * @param searched the kinds of places
     * @param found    places, each with the way in which the secret is written there
     */
    private record Searched(List<String> searched, Map<String, String> found) {
    }

    private Searched search() {
        List<String> searched = new ArrayList<>();
        Map<String, String> found = new LinkedHashMap<>();
        List<Path> storage = target.storage();
        if (!storage.isEmpty()) {
            searched.add("files");
            storage.forEach(place -> searchFiles(place, found));
        }
        List<String> output = target.output();
        if (!output.isEmpty()) {
            searched.add("output");
            output.forEach(text -> CanarySearch.in(text).ifPresent(form -> found.put("the output of an instance", form)));
        }
        List<String> lines = target.commandLines();
        if (!lines.isEmpty()) {
            searched.add("arguments");
            lines.forEach(line -> CanarySearch.in(line).ifPresent(form -> found.put("the arguments of a process", form)));
        }
        return new Searched(searched, found);
    }

    private static void searchFiles(Path place, Map<String, String> found) {
        try (Stream<Path> files = Files.walk(place)) {
            files.filter(Files::isRegularFile).forEach(file -> read(file).flatMap(bytes -> CanarySearch.in(bytes).stream())
                    .forEach(form -> found.put("the file " + place.relativize(file), form)));
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException("the storage cannot be searched: " + e.getMessage(), e);
        }
    }

    /** One that has gone since it was listed holds nothing any more. */
    private static Stream<byte[]> read(Path file) {
        try {
            return Stream.of(Files.readAllBytes(file));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** How the query ended: {@code right}, {@code refused}, {@code unaltered} if nothing could be altered, or what came. */
    private String reopened(Map<String, String> with) {
        boolean alter = with.get("kind").equals("altered");
        boolean[] altered = {!alter};
        Map<String, String> key = target.environment().variables().containsKey(KitEnvironment.KEY)
                ? Map.of(KitEnvironment.KEY, with.get("kind").equals("key") ? KitEnvironment.freshKey()
                : target.environment().variables().get(KitEnvironment.KEY)) : Map.of();
        try {
            target.reopen(key, () -> altered[0] |= alter && news.alter(target.storage()));
            if (!altered[0]) {
                return "unaltered";
            }
            JsonNode answer = target.call(0, "config", "query", Caller.of(with.get("userId"), with.get("orgId")),
                    Json.mapper().createObjectNode().put("orgId", with.get("orgId")));
            return answer.toString().contains(placeholders.mark(with.get("backend"))) ? "right" : answer.toString();
        } catch (ProviderException | UnreachableException e) {
            return "refused";
        }
    }

    @Override
    public void close() {
        PlayedBackends.shared().ifPresent(played -> marks.forEach(played::end));
    }
}
