package org.actium.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.ws.rs.BadRequestException;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriBuilder;
import javax.ws.rs.core.UriInfo;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.actium.testkit.Fake;
import org.junit.Test;

public class BundlesResourceTest {

    private static final BundleImpact IMPACT = new BundleImpact(List.of("guard"), List.of(), List.of(), List.of());
    private static final BundleImpact NONE = new BundleImpact(List.of(), List.of(), List.of(), List.of());

    private static final UriInfo AT = Fake.of(
            UriInfo.class, Map.of("getAbsolutePathBuilder", UriBuilder.fromUri("http://localhost/api/bundles")));

    private final List<String> log = new ArrayList<>();
    private RuntimeException refusal; // null while nothing is refused
    private final BundlesResource resource = new BundlesResource(Fake.of(
            BundleUpdates.class,
            Map.of(
                    "install", noting("install", "guard"),
                    "isInstalled", (Function<Object[], Object>) bundle -> bundle[0].equals("guard"),
                    "preview", noting("preview", IMPACT),
                    "start", noting("start", NONE),
                    "stop", noting("stop", IMPACT),
                    "update", noting("update", IMPACT),
                    "uninstall", noting("uninstall", IMPACT))));

    private Function<Object[], Object> noting(String method, Object answer) {
        return arguments -> {
            if (refusal != null) {
                throw refusal;
            }
            StringBuilder line = new StringBuilder(method);
            for (Object argument : arguments) {
                line.append(argument instanceof InputStream ? " jar" : " " + argument);
            }
            log.add(line.toString());
            return method.equals("start") ? null : answer;
        };
    }

    private static InputStream jar() {
        return new ByteArrayInputStream(new byte[] {1});
    }

    @Test
    public void changesBundles() {
        Response installed = resource.install(jar(), AT);
        assertThat(installed.getStatus()).isEqualTo(201);
        assertThat(installed.getLocation()).isEqualTo(URI.create("http://localhost/api/bundles/guard"));
        assertThat(Json.of(installed.getEntity())).isEqualTo("{\"bundle\":\"guard\"}");
        assertThat(resource.preview("guard")).isEqualTo(IMPACT);
        assertThat(resource.stop("guard", false)).isEqualTo(IMPACT);
        assertThat(Json.of(resource.start("guard"))).isEqualTo("{\"bundle\":\"guard\"}");
        assertThat(resource.update("guard", false, jar())).isEqualTo(IMPACT);
        assertThat(resource.uninstall("guard", true)).isEqualTo(IMPACT);

        assertThat(log)
                .containsExactly(
                        "install jar",
                        "preview guard",
                        "stop guard false",
                        "start guard",
                        "update guard jar false",
                        "uninstall guard true");
    }

    @Test
    public void saysWhatIsWrong() {
        assertThatThrownBy(() -> resource.stop("garden", false))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("there is no bundle 'garden' here");
        refusal = new IllegalStateException("an object would be lost");
        assertThatThrownBy(() -> resource.uninstall("guard", false))
                .isInstanceOfSatisfying(
                        ClientErrorException.class,
                        refused -> assertThat(refused.getResponse().getStatus()).isEqualTo(409))
                .hasMessage("an object would be lost");
        refusal = new IllegalArgumentException("that is no bundle");
        assertThatThrownBy(() -> resource.install(jar(), AT))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("that is no bundle");
    }
}
