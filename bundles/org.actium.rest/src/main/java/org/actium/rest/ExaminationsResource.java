package org.actium.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.ServiceUnavailableException;
import javax.ws.rs.core.MediaType;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.HostCheck;
import org.actium.deployment.api.HostReport;
import org.actium.deployment.api.HostReport.Finding;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/examinations}: what the hosts of a descriptor are like. Nothing is started there, nothing is kept. */
@Component(service = ExaminationsResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("examinations")
@Produces(MediaType.APPLICATION_JSON)
public final class ExaminationsResource {

    private final Deployments deployments;
    private final HostCheck hosts;

    @Activate
    public ExaminationsResource(@Reference Deployments deployments, @Reference HostCheck hosts) {
        this.deployments = deployments;
        this.hosts = hosts;
    }

    /** @param mend what to do about it; null if it is well as it is */
    record FindingView(String what, String found, String mend) {
        static FindingView of(Finding finding) {
            return new FindingView(
                    finding.what(), finding.found(), finding.remedy().orElse(null));
        }
    }

    record HostView(String way, boolean well, List<FindingView> findings) {
        static HostView of(HostReport report) {
            return new HostView(
                    report.way(),
                    report.isWell(),
                    report.findings().stream().map(FindingView::of).toList());
        }
    }

    /** Answers when every host has answered, or has not for half a minute. */
    @POST
    @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML})
    public List<HostView> examine(
            InputStream xml,
            @QueryParam("name") @DefaultValue("request.xml") String name,
            @QueryParam("var") List<String> variables) {
        try {
            return hosts.examine(deployments.read(DescriptorBody.read(xml, name, variables))).stream()
                    .map(HostView::of)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable.getMessage(), unreadable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException("this container is stopping");
        }
    }
}
