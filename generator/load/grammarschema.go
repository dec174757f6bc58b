// The schema object: the largest shape of the grammar, and the one in which 3.0 and 3.1 differ most.
package load

var schemaShape = &shape{
	name: "a schema",
	keys: []key{
		in30("type", oneOf("array", "boolean", "integer", "number", "object", "string")),
		in31("type", jsonTypes.or(listOf(jsonTypes))),
		may("title", text), may("description", text), may("format", text), may("default", anything), may("example", anything),
		may("enum", listOf(anything)), may("multipleOf", number), may("maximum", number), may("minimum", number),
		in30("exclusiveMaximum", boolean), in30("exclusiveMinimum", boolean), in31("exclusiveMaximum", number), in31("exclusiveMinimum", number),
		may("maxLength", integer), may("minLength", integer), may("pattern", text), may("maxItems", integer), may("minItems", integer),
		may("uniqueItems", boolean), may("maxProperties", integer), may("minProperties", integer), may("required", listOf(text)),
		may("properties", mapOf(aSchema)), may("additionalProperties", aSchema.or(boolean)), may("items", aSchema),
		may("allOf", listOf(aSchema)), may("oneOf", listOf(aSchema)), may("anyOf", listOf(aSchema)), may("not", aSchema),
		in30("nullable", boolean), may("discriminator", object("discriminator")), may("readOnly", boolean), may("writeOnly", boolean),
		may("xml", object("xml")), may("externalDocs", object("external documentation")), may("deprecated", boolean),

		in31("const", anything), in31("examples", listOf(anything)), in31("if", aSchema), in31("then", aSchema), in31("else", aSchema),
		in31("prefixItems", listOf(aSchema)), in31("contains", aSchema), in31("minContains", integer), in31("maxContains", integer),
		in31("patternProperties", mapOf(aSchema)), in31("propertyNames", aSchema), in31("dependentRequired", mapOf(listOf(text))),
		in31("dependentSchemas", mapOf(aSchema)), in31("unevaluatedItems", aSchema), in31("unevaluatedProperties", aSchema),
		in31("contentEncoding", text), in31("contentMediaType", text), in31("contentSchema", aSchema),
		in31("$id", text), in31("$schema", text), in31("$anchor", text), in31("$comment", text), in31("$vocabulary", mapOf(boolean)),
		in31("$defs", mapOf(aSchema)), in31("$dynamicRef", text), in31("$dynamicAnchor", text),
		may("x-msdk-items", aSchema), // an extension that holds a schema: its references are followed like any other

		in31("definitions", mapOf(aSchema)), in31("dependencies", mapOf(aSchema.or(listOf(text)))), // of older drafts, still reserved
	},
	when: []condition{{key: "type", is: "array", needs: []string{"items"}, version: only30}},
	extensions: []string{
		"x-msdk-expected", "x-msdk-may-be-empty", "x-msdk-also", "x-msdk-echo", "x-msdk-value", "x-msdk-accept", "x-msdk-max-bytes",
		"x-msdk-flags", "x-msdk-required-when", "x-msdk-list", "x-msdk-items", "x-msdk-single", "x-msdk-embedded-json", "x-msdk-empty-list",
		"x-msdk-item-result", "x-msdk-sensitive", "x-msdk-doc", "x-msdk-enum", "x-go-name",
	},
}

var jsonTypes = oneOf("array", "boolean", "integer", "null", "number", "object", "string")
