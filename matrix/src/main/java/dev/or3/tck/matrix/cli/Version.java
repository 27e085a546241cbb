package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.certify.Kit;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} tells. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"or3-tck " + Kit.version(),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")};
    }
}
