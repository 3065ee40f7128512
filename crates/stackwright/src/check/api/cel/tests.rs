use super::*;

const VARIABLES: &[&str] = &["self", "oldSelf", "object", "params"];

fn wrong(text: &str) -> Option<String> {
    fault(text, &Names { variables: VARIABLES, field: &|_| Some(Type::Unknown) }, &[Type::Bool])
}

#[test]
fn expressions_of_the_documentation() {
    for text in [
        "self.minReplicas <= self.replicas && self.replicas <= self.maxReplicas",
        "'Available' in self.stateCounts",
        "(size(self.list1) == 0) != (size(self.list2) == 0)",
        "!('MY_KEY' in self.map1) || self['MY_KEY'].matches('^[a-zA-Z]*$')",
        "self.envars.filter(e, e.name == 'MY_ENV').all(e, e.value.matches(r'^[a-z]\\w*$'))",
        "has(self.expired) && self.created + self.ttl < self.expired",
        "self.health.startsWith('ok')",
        "self.metadata.name == 'singleton' ? true : self.x.?y.orValue(1) > 2",
        "type(self) == string ? self == '99%' : self == 42",
        "self.set1.all(e, !(e in self.set2))",
        "[1, 2, 3,].exists(i, i > 1) && {'a': 1}['a'] == 1 // why",
        "cel.bind(x, self.a, x > 1)",
        "object.spec.template.spec.containers.all(c, c.image.startsWith(\"example.org/\"))",
        "duration(self.a) > duration('1h') && 1.5e3 > 0x1Fu",
        "self.all(key, value, key != '' && value > 0)",
        "self == oldSelf",
    ] {
        assert_eq!(wrong(text), None, "{text}");
    }
}

#[test]
fn what_is_none() {
    for (text, why) in [
        ("", "it ends where a value is due"),
        ("self.a ==", "it ends where a value is due"),
        ("with space", "there is no variable with, only self, oldSelf, object, params"),
        ("self == 'open", "a ' is not closed"),
        ("self.replicas", ""),
        ("1", "it comes to a number, not to a boolean"),
        ("self.a && 'b'", "&& can't take a string and a boolean"),
        ("1 + 'a' == 2", "+ can't take a number and a string"),
        ("self.all(x, y > 1)", "there is no variable y, only self, oldSelf, object, params"),
        ("self.all(x, x > 1", "it ends before )"),
        ("self.name = 'x'", "= is no sign of the language"),
        ("if == 1", "if is a word of the language, not a name"),
        ("true true", "true can't stand where it stands"),
    ] {
        assert_eq!(wrong(text).unwrap_or_default(), why, "{text}");
    }
}
