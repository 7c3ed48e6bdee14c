package org.actium.deployment.api;

/**
 * A node that is weaker than its virtual node says, because a technical service is missing there, or is still that of before
 * an update.
 *
 * @param node its name
 * @param service the id of the technical service
 * @param reason what is wrong, why, and what helps
 */
public record Degradation(String node, String service, String reason) {

    @Override
    public String toString() {
        return "node " + node + ": technical service '" + service + "' " + reason;
    }
}
