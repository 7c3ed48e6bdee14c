package org.actium.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.ws.rs.BadRequestException;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.core.Response.Status;
import org.actium.deployment.api.DescriptorSource;

/** Descriptors as clients send them. */
final class DescriptorBody {

    /** Far more than any descriptor has; less than what hurts. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final String PROPERTY = "-D";

    private DescriptorBody() {}

    /**
     * @param name for messages
     * @param variables each {@code name=value}, or {@code -Dname=value} for a Java property
     */
    static DescriptorSource read(InputStream body, String name, List<String> variables) {
        try {
            byte[] xml = body.readNBytes(MAX_BYTES + 1);
            if (xml.length > MAX_BYTES) {
                throw new ClientErrorException(
                        "the descriptor has more than " + MAX_BYTES + " bytes", Status.REQUEST_ENTITY_TOO_LARGE);
            }
            if (xml.length == 0) {
                throw new BadRequestException("the request has no body; it is to be the descriptor");
            }
            Map<Boolean, List<String>> given =
                    variables.stream().collect(Collectors.partitioningBy(variable -> variable.startsWith(PROPERTY)));
            List<String> properties = given.get(true).stream()
                    .map(property -> property.substring(PROPERTY.length()))
                    .toList();
            return new DescriptorSource(name, xml, pairs(given.get(false)), pairs(properties));
        } catch (IOException failed) {
            throw new UncheckedIOException("reading the request", failed);
        }
    }

    private static Map<String, String> pairs(List<String> variables) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            if (equals <= 0) {
                throw new BadRequestException("var wants name=value or -Dname=value, not '" + variable + "'");
            }
            pairs.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return pairs;
    }
}
