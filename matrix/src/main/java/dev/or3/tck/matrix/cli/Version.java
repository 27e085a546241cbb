package dev.or3.tck.matrix.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the kit. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"or3-tck " + ofKit(),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")};
    }

    /** As the build wrote it down. */
    static String ofKit() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the version of the kit cannot be read", e);
        }
        return properties.getProperty("version");
    }
}
