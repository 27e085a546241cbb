package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.connect.ContainerTarget;
import dev.or3.tck.suites.connect.ContainerTarget.Resources;
import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.minimize.SavedCounterexample;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A provider that containers of an image serve.
 *
 * @param image     its name or id
 * @param settings  variables for it
 * @param resources what each container may use
 * @param instances how many run over the same storage
 */
record ImageChoice(String image, Map<String, String> settings, Resources resources, int instances) implements TargetChoice {
    static final String IMAGE = "image";
    private static final String MEMORY = "memory";
    private static final String CPUS = "cpus";
    private static final String PIDS = "pids";

    ImageChoice {
        settings = Map.copyOf(settings);
    }

    @Override
    public Running start(Console console, Duration limit) {
        TemporaryData data = TemporaryData.create();
        try {
            ContainerTarget.Launch launch = new ContainerTarget.Launch(image, settings, resources, limit);
            return new Running(ContainerTarget.start(launch, instances), data);
        } catch (RuntimeException e) {
            data.close();
            throw e instanceof UnreachableException
                    ? Trouble.unreachable("the provider cannot be reached: " + e.getMessage(), e) : e;
        }
    }

    @Override
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>(SavedCounterexample.written(settings));
        map.put(IMAGE, image);
        map.put(MEMORY, String.valueOf(resources.memoryBytes()));
        map.put(CPUS, String.valueOf(resources.cpus()));
        map.put(PIDS, String.valueOf(resources.pids()));
        map.put(ProviderChoice.INSTANCES, String.valueOf(instances));
        return map;
    }

    static ImageChoice fromMap(Map<String, String> map) {
        Resources resources = new Resources(Long.parseLong(map.get(MEMORY)), Double.parseDouble(map.get(CPUS)),
                Integer.parseInt(map.get(PIDS)));
        return new ImageChoice(map.get(IMAGE), SavedCounterexample.settings(map), resources, ProviderChoice.instances(map));
    }
}
