package dev.or3.tck.suites.fault;

import static dev.or3.tck.suites.fault.Device.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces.NewUser;
import dev.or3.tck.api.workspaces.Workspaces.UserRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NullProviderTest {
    @TempDir
    Path directory;

    private Device device(String answer) {
        Provider provider = new NullProviderFactory().open(
                ProviderConfig.in(directory).with(Map.of(NullProviderFactory.ANSWER_SETTING, answer)));
        Controls.Provisioned space = provider.controls().provision(List.of(Role.OWNER));
        return new Device(provider, space.userIds().get(0), space.workspaceId(), "d1");
    }

    @Test
    void one_refuses_every_call() {
        Device device = device("refuse");
        assertThatThrownBy(() -> device.push(put("a", 1))).isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> device.provider().workspaces().listUserWorkspaces(null, new UserRef("u")))
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void one_finds_and_stores_nothing() {
        Device device = device("empty");
        assertThat(device.push(put("a", 1)).results()).isEmpty();
        assertThat(device.pull(0, 10).changes()).isEmpty();
    }

    @Test
    void one_agrees_and_keeps_nothing() {
        Device device = device("success");
        assertThat(device.pushOne(put("a", 1)).success()).isTrue();
        assertThat(device.pull(0, 10).changes()).isEmpty();
    }

    @Test
    void one_echoes() {
        Device device = device("echo");
        Operation operation = put("a", 1);
        assertThat(device.pushOne(operation).payload()).isEqualTo(operation.payload());
        assertThat(device.provider().workspaces().getOrCreateUser(null, new NewUser("p", "u", null, null)).userId())
                .isEqualTo("pu");
    }

    @Test
    void an_unknown_answer_is_named() {
        assertThatThrownBy(() -> device("maybe")).hasMessageContaining("OR3_NULL_ANSWER").hasMessageContaining("maybe");
    }
}
