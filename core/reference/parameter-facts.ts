import facts from "../generated/parameters.json" with { type: "json" };

/** The fact tables of parameters, as they lie in their file. A build puts another module in this one's place, which reads the file when they are asked for. */
export function parameterFacts(): typeof facts {
  return facts;
}
