package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.connect.HostSurface;
import dev.or3.tck.suites.connect.HostTarget;
import dev.or3.tck.suites.connect.Secrets;
import dev.or3.tck.suites.connect.UnreachableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A whole host that runs already.
 *
 * @param file describes it
 */
record HostChoice(Path file) implements TargetChoice {
    static final String HOST = "host";

    @Override
    public Running start(Console console, Duration limit) {
        HostSurface surface = HostFile.read(file).surface(console);
        surface.callers().values().forEach(headers -> console.hide(Secrets.of(headers)));
        TemporaryData data = TemporaryData.create();
        try {
            return new Running(HostTarget.open(surface, console.secrets()), data);
        } catch (IllegalArgumentException e) {
            data.close();
            throw Trouble.usage("--host " + file + ": " + e.getMessage(), e);
        } catch (UnreachableException e) {
            data.close();
            throw Trouble.unreachable("the host cannot be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, String> toMap() {
        return Map.of(HOST, file.toAbsolutePath().toString());
    }

    static HostChoice fromMap(Map<String, String> map) {
        return new HostChoice(Path.of(map.get(HOST)));
    }
}
