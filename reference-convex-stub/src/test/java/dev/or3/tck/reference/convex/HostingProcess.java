package dev.or3.tck.reference.convex;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.workspaces.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that comes first to a directory, and so runs the deployment there, until it is ended. */
final class HostingProcess {
    private HostingProcess() {
    }

    public static void main(String[] args) throws IOException {
        Provider provider = new ConvexProviderFactory().open(ProviderConfig.in(Path.of(args[0])));
        provider.controls().clock(Long.parseLong(args[1]));
        System.out.println(Json.write(provider.controls().provision(List.of(Role.OWNER))));
        System.in.read();
    }
}
