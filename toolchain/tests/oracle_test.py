"""Tests that oracle.py finds every kind of difference, on a small package."""

import contextlib
import copy
import io
import json
import os
import tempfile
import unittest
import unittest.mock
import zipfile

import oracle

ARGS = '''
class {name}Args:
    def __init__(__self__, *, host: pulumi.Input[_builtins.str],
                 link: Optional[pulumi.Input[Union['LinkArgs', 'LinkArgsDict']]] = None,
                 ports: pulumi.Input[Optional[Sequence[pulumi.Input[_builtins.int]]]] = None):
        if ports is None:
            ports = 22
        if link is not None:
            pulumi.set(__self__, "link", link)
    @_builtins.property
    @pulumi.getter(name="theHost")
    def host(self): pass
    @_builtins.property
    @pulumi.getter
    def link(self): pass
    @_builtins.property
    @pulumi.getter
    def ports(self): pass

class {name}:
    def _internal_init(__self__):
        secret_opts = pulumi.ResourceOptions(additional_secret_outputs=["theHost"])
        replace_on_changes = pulumi.ResourceOptions(replace_on_changes=["ports[*]"])
    @_builtins.property
    @pulumi.getter(name="theHost")
    def host(self): pass
'''
LINK = '''
class LinkArgs:
    def __init__(__self__, *, tags: pulumi.Input[Mapping[str, pulumi.Input[_builtins.str]]]): pass
    @_builtins.property
    @pulumi.getter
    def tags(self): pass
'''
PROVIDER = "class ProviderArgs:\n    def __init__(__self__): pass\n"
TOKEN = "demo:index/node:Node"
SCHEMA = {
    "version": "1.0.0",
    "resources": {
        TOKEN: {
            "properties": {"theHost": {"type": "string", "secret": True}},
            "inputProperties": {
                "theHost": {"type": "string"},
                "link": {"$ref": "#/types/demo:index/Link:Link"},
                "ports": {"type": "array", "items": {"type": "integer"}, "default": 22, "replaceOnChanges": True},
            },
            "requiredInputs": ["theHost"],
        }
    },
    "types": {
        "demo:index/Link:Link": {
            "type": "object",
            "properties": {"tags": {"type": "object", "additionalProperties": {"type": "string"}}},
            "required": ["tags"],
        }
    },
}


class OracleTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.schema_path = os.path.join(scratch.name, "schema.json")
        self.wheel = os.path.join(scratch.name, "demo.whl")
        with zipfile.ZipFile(self.wheel, "w") as wheel:
            wheel.writestr("pulumi_demo/pulumi-plugin.json", '{"version": "1.0.0"}')
            wheel.writestr("pulumi_demo/node.py", ARGS.format(name="Node"))
            wheel.writestr("pulumi_demo/_inputs.py", LINK)
            wheel.writestr("pulumi_demo/provider.py", PROVIDER)
        oracle.RESOURCES["demo"] = {TOKEN: "node.Node"}
        oracle.PROVIDERS["demo"] = "provider.Provider"
        self.schema = copy.deepcopy(SCHEMA)
        self.node = self.schema["resources"][TOKEN]

    def differences(self):
        with open(self.schema_path, "w", encoding="utf-8") as file:
            json.dump(self.schema, file)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = oracle.main("demo", "1.0.0", self.schema_path, self.wheel)
        found = [line for line in out.getvalue().splitlines() if "DIFFERENCE" in line]
        self.assertEqual(code, 1 if found else 0)
        return "\n".join(found)

    def test_equal_packages_have_no_difference(self):
        self.assertEqual(self.differences(), "")

    def test_a_missing_input(self):
        del self.node["inputProperties"]["ports"]
        self.assertIn("input ports is missing", self.differences())

    def test_an_extra_input(self):
        self.node["inputProperties"]["color"] = {"type": "string"}
        self.assertIn("input color is not official", self.differences())

    def test_another_default(self):
        self.node["inputProperties"]["ports"]["default"] = 23
        self.assertIn("input ports: the default is 23, officially 22", self.differences())

    def test_an_output_that_should_be_secret(self):
        del self.node["properties"]["theHost"]["secret"]
        self.assertIn("secret theHost is missing", self.differences())

    def test_an_input_that_should_replace(self):
        del self.node["inputProperties"]["ports"]["replaceOnChanges"]
        self.assertIn("replacing ports is missing", self.differences())

    def test_an_input_that_should_not_be_required(self):
        self.node["requiredInputs"].append("ports")
        self.assertIn("input ports: required is True, officially False", self.differences())

    def test_an_input_that_should_be_required(self):
        self.node["requiredInputs"] = []
        self.assertIn("input theHost: required is False, officially True", self.differences())

    def test_an_input_of_another_type(self):
        self.node["inputProperties"]["ports"]["items"]["type"] = "number"
        self.assertIn("type is list of number, officially list of integer", self.differences())

    def test_a_difference_in_a_nested_type(self):
        self.schema["types"]["demo:index/Link:Link"]["required"] = []
        self.assertIn("LinkArgs: input tags: required", self.differences())

    def test_a_missing_output(self):
        self.node["properties"] = {}
        self.assertIn("output theHost is missing", self.differences())

    def test_an_accepted_difference(self):
        accepted = {("LinkArgs", "input", "tags"): "not needed"}
        with unittest.mock.patch.dict(oracle.ACCEPTED, {"demo": accepted}):
            self.assertIn("tags is accepted as missing, but is not", self.differences())
            self.schema["types"]["demo:index/Link:Link"] = {"type": "object"}
            self.assertEqual(self.differences(), "")

    def test_a_choice_of_types(self):
        self.node["inputProperties"]["ports"] = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
        self.assertIn("type is integer or string, officially list of integer", self.differences())

    def test_a_missing_resource(self):
        del self.schema["resources"][TOKEN]
        self.assertIn(f"{TOKEN}: the resource is missing", self.differences())

    def test_another_version(self):
        self.schema["version"] = "2.0.0"
        self.assertIn("the plugin is version 2.0.0, expected 1.0.0", self.differences())


if __name__ == "__main__":
    unittest.main()
