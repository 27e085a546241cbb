package dev.or3.tck.matrix.doctor;

import java.util.List;

/** The machine that the kit runs on. */
final class MachineLook {
    private static final long LITTLE_MEGABYTES = 256;

    private MachineLook() {
    }

    static List<Finding> look() {
        Runtime runtime = Runtime.getRuntime();
        long megabytes = runtime.maxMemory() >> 20;
        String text = "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + runtime.availableProcessors() + " processors, "
                + megabytes + " MB for the kit";
        if (megabytes < LITTLE_MEGABYTES) {
            return List.of(Finding.warn("machine", text, "give it more: OR3_TCK_JAVA_OPTS=-Xmx1g"));
        }
        if (runtime.availableProcessors() < 2) {
            return List.of(Finding.warn("machine", text, "races hardly happen on one processor: use two or more"));
        }
        return List.of(Finding.ok("machine", text));
    }
}
