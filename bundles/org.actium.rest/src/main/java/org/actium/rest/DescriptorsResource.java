package org.actium.rest;

import java.io.InputStream;
import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Problem;
import org.actium.deployment.spi.DescriptorLanguage;
import org.actium.deployment.spi.DescriptorReader;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/descriptors}: what can be done with a descriptor beside deploying it. Nothing is kept. */
@Component(service = DescriptorsResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("descriptors")
public final class DescriptorsResource {

    private final DescriptorReader reader;
    private final DescriptorLanguage language;

    @Activate
    public DescriptorsResource(@Reference DescriptorReader reader, @Reference DescriptorLanguage language) {
        this.reader = reader;
        this.language = language;
    }

    /**
     * What is wrong with a descriptor.
     *
     * @param notes what means less or something else here than where it was written for
     * @param obstacles what it asks for and cannot be deployed yet
     */
    public record Verdict(
            boolean valid, String dialect, List<Problem> problems, List<Problem> notes, List<Problem> obstacles) {}

    /** Answers with the verdict also if the descriptor is wrong: to say so is what it was asked for. */
    @POST
    @Path("validation")
    @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML})
    @Produces(MediaType.APPLICATION_JSON)
    public Verdict validate(
            InputStream xml,
            @QueryParam("name") @DefaultValue("request.xml") String name,
            @QueryParam("var") List<String> variables) {
        try {
            Descriptor descriptor = reader.read(DescriptorBody.read(xml, name, variables));
            return new Verdict(true, descriptor.dialect(), List.of(), descriptor.notes(), descriptor.obstacles());
        } catch (DescriptorException wrong) {
            return new Verdict(false, "", wrong.problems(), List.of(), List.of());
        }
    }

    /** The descriptor in Actium's own language. */
    @POST
    @Path("conversion")
    @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML})
    @Produces(MediaType.APPLICATION_XML)
    public String convert(InputStream xml, @QueryParam("name") @DefaultValue("request.xml") String name) {
        return language.convert(DescriptorBody.read(xml, name, List.of()));
    }

    /** What an element means, for people. */
    @GET
    @Path("elements/{element}")
    @Produces(MediaType.TEXT_PLAIN)
    public String explain(@PathParam("element") String element) {
        return language.explain(element)
                .orElseThrow(() -> new NotFoundException("no element of descriptors is called '" + element + "'"));
    }

    /** What an id of the descriptor stands for, for people. */
    @POST
    @Path("explanations/{id}")
    @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML})
    @Produces(MediaType.TEXT_PLAIN)
    public String explain(
            InputStream xml,
            @PathParam("id") String id,
            @QueryParam("name") @DefaultValue("request.xml") String name,
            @QueryParam("var") List<String> variables) {
        return language.explain(id, reader.read(DescriptorBody.read(xml, name, variables)))
                .orElseThrow(() -> new NotFoundException("nothing in " + name + " is called '" + id + "'"));
    }
}
