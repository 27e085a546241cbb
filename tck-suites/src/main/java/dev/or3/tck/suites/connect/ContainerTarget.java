package dev.or3.tck.suites.connect;

import java.time.Duration;
import java.util.Map;

/**
 * A provider that the kit starts as containers of an image, one or several over one volume, and reaches in protocol version
 * 1. A restart kills them by SIGKILL and starts new ones on the same volume. Nothing of them outlives the target, nor the
 * kit. Needs Testcontainers on the class path, and no image or network beside the one image.
 */
public final class ContainerTarget extends StartedTarget {

    private ContainerTarget(Launcher launcher, int instances) {
        super(launcher, instances);
    }

    @Override
    public boolean reachesKit() {
        return false;
    }

    /**
     * How instances are started: with {@code PORT}, {@code OR3_TCK_HOST} (all addresses) and {@code OR3_TCK_DATA} (in the
     * volume) in their environment.
     *
     * @param image       its name or id; it is here already
     * @param environment further variables
     * @param resources   what an instance may use
     * @param limit       how long an instance may take until its manifest comes
     */
    public record Launch(String image, Map<String, String> environment, Resources resources, Duration limit) {
        public Launch {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * What a container may use.
     *
     * @param memoryBytes memory, without any to swap, 6 MiB or more
     * @param cpus        processors, a part of one too
     * @param pids        processes and threads
     */
    public record Resources(long memoryBytes, double cpus, int pids) {
        public static final Resources USUAL = new Resources(1L << 30, 2, 1024);
    }

    /**
     * Starts a provider.
     *
     * @param instances how many, 1 or more
     * @throws UnreachableException if there is no container engine or no such image, or if one does not start or answer
     */
    public static ContainerTarget start(Launch launch, int instances) {
        ContainerTarget target = new ContainerTarget(ContainerLauncher.of(launch), instances);
        target.begin();
        return target;
    }
}
