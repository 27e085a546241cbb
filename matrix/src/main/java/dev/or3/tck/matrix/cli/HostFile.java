package dev.or3.tck.matrix.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.connect.Headers;
import dev.or3.tck.suites.connect.HostSurface;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A host as a file describes it.
 *
 * @param host         its address
 * @param profile      the sync profile it claims; or3-sync/1.0 if left out
 * @param capabilities of its sync; gc if left out
 * @param storage      whether it has the endpoints of storage
 * @param limits       its limits; none known if left out
 * @param normalizes   what it changes in payloads
 * @param strictSchema whether it refuses unknown fields
 * @param callers      by name, the headers that tell each apart
 * @param workspace    one that is there already, made for this
 * @param perMinute    what it lets a user do in a minute
 */
record HostFile(@JsonProperty(required = true) URI host, Profile profile, Set<String> capabilities, boolean storage,
        Limits limits, List<String> normalizes, boolean strictSchema,
        @JsonProperty(required = true) Map<String, Map<String, String>> callers,
        @JsonProperty(required = true) Workspace workspace, HostSurface.Rates perMinute) {

    HostFile {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(callers, "callers");
        Objects.requireNonNull(workspace, "workspace");
    }

    /** A workspace, and who among the callers has which role in it. */
    record Workspace(@JsonProperty(required = true) String id, @JsonProperty(required = true) Map<String, Role> roles) {
        Workspace {
            Objects.requireNonNull(id, "workspace.id");
            Objects.requireNonNull(roles, "workspace.roles");
        }
    }

    /** Reads it; what is wrong with it is told with its line, and not with what stands there. */
    static HostFile read(Path file) {
        try {
            return YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build()
                    .readValue(Files.readString(file), HostFile.class);
        } catch (JsonProcessingException e) {
            String at = e instanceof JsonMappingException mapping ? mapping.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                    .collect(Collectors.joining(".")) : "";
            throw Trouble.usage("--host " + file + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr())
                    + (at.isEmpty() ? "" : ", at " + at) + ": this is no description of a host; see the README",
                    e);
        } catch (IOException e) {
            throw Trouble.usage("--host " + file + " cannot be read: " + e, e);
        }
    }

    /** The host with the values of its callers' headers, which the console shows no more from now on. */
    HostSurface surface(Console console) {
        Map<String, Headers> resolved = new HashMap<>();
        callers.forEach((name, headers) -> resolved.put(name, new Headers(headers.entrySet().stream()
                .map(header -> header(header.getKey(), header.getValue()).resolve(console)).toList())));
        return new HostSurface(host, profile == null ? Profile.V1_0 : profile,
                capabilities == null ? Set.of("gc") : capabilities, storage, limits == null ? Limits.UNKNOWN : limits,
                normalizes == null ? List.of() : normalizes, strictSchema, resolved,
                new HostSurface.Standing(workspace.id(), workspace.roles()),
                perMinute == null ? HostSurface.Rates.NONE : perMinute);
    }

    private static HeaderOption header(String name, String value) {
        boolean elsewhere = value.startsWith("@") || value.startsWith("env:");
        return new HeaderOption(name, Optional.of(value).filter(text -> elsewhere),
                Optional.of(value).filter(text -> !elsewhere));
    }
}
