package org.actium.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actium.testkit.Fake;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.service.jaxrs.runtime.JaxrsServiceRuntime;
import org.osgi.service.jaxrs.runtime.dto.ApplicationDTO;
import org.osgi.service.jaxrs.runtime.dto.ResourceDTO;
import org.osgi.service.jaxrs.runtime.dto.ResourceMethodInfoDTO;
import org.osgi.service.jaxrs.runtime.dto.RuntimeDTO;

public class PortFileTest {

    private static final Map<String, Object> ENDPOINTS =
            Map.of("osgi.jaxrs.endpoint", new String[] {"/only/a/path", "http://127.0.0.1:8642/"});

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path path;
    private PortFile portFile;

    @Before
    public void inFolder() {
        path = folder.getRoot().toPath().resolve("rest.port");
        portFile = new PortFile(new PrivateFile(path));
    }

    @Test
    public void appearsWhenDeploymentsCanBeAskedForAndGoesWithThem() {
        portFile.changed(offering("actium", "/runtime"), ENDPOINTS);
        assertThat(path).doesNotExist();

        portFile.changed(offering("other", "/deployments"), ENDPOINTS);
        assertThat(path).doesNotExist();

        portFile.changed(offering("actium", "/runtime", "/deployments"), ENDPOINTS);
        assertThat(path).hasContent("8642");

        portFile.changed(offering("actium", "/runtime"), ENDPOINTS);
        assertThat(path).doesNotExist();
    }

    @Test
    public void goesWithTheWhiteboardOrTheContainer() {
        JaxrsServiceRuntime whiteboard = offering("actium", "/deployments");

        portFile.changed(whiteboard, ENDPOINTS);
        portFile.gone(whiteboard);
        assertThat(path).doesNotExist();

        portFile.changed(whiteboard, Map.of("osgi.jaxrs.endpoint", List.of("http://127.0.0.1:1234/")));
        assertThat(path).hasContent("1234");
        portFile.remove();
        assertThat(path).doesNotExist();
    }

    @Test
    public void theFileOfAContainerThatWasKilledDoesNotMislead() throws IOException {
        Files.writeString(path, "1111");

        new PortFile(new PrivateFile(path));

        assertThat(path).doesNotExist();
    }

    private static JaxrsServiceRuntime offering(String application, String... paths) {
        ApplicationDTO offered = new ApplicationDTO();
        offered.name = application;
        offered.resourceDTOs = Stream.of(paths).map(PortFileTest::resource).toArray(ResourceDTO[]::new);
        RuntimeDTO runtime = new RuntimeDTO();
        runtime.applicationDTOs = new ApplicationDTO[] {offered};
        return Fake.of(JaxrsServiceRuntime.class, Map.of("getRuntimeDTO", runtime));
    }

    private static ResourceDTO resource(String path) {
        ResourceMethodInfoDTO method = new ResourceMethodInfoDTO();
        method.path = path;
        ResourceDTO resource = new ResourceDTO();
        resource.resourceMethods = new ResourceMethodInfoDTO[] {method};
        return resource;
    }
}
