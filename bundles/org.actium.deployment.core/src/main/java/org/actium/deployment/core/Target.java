package org.actium.deployment.core;

import java.util.List;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.service.api.ServiceUse;

/**
 * A virtual node as it is planned.
 *
 * @param jvms names of the JVMs it is mapped to, without repetitions, in the order of the mapping
 * @param services its technical services, in order of application
 */
record Target(VirtualNodeDefinition definition, List<String> jvms, Readiness readiness, List<ServiceUse> services) {}
