//! The network as an ONNX file, for other runtimes.
//!
//! Input `signal`, `[batch, 1, length]`: windows at 100 Hz in the preprocessing contract of `signal`. Output `logits`,
//! `[batch, 4]`, in the order of [`Class::ALL`](super::Class::ALL). Opset 13, `f32`.
//!
//! The messages are those of `onnx.proto3` (ONNX 1.12, IR version 8), with the fields that are used here.

use prost::Message;

use super::{Convolution, Network};

#[derive(Clone, PartialEq, Message)]
struct Model {
    #[prost(int64, tag = "1")]
    ir_version: i64,
    #[prost(string, tag = "2")]
    producer_name: String,
    #[prost(message, optional, tag = "7")]
    graph: Option<Graph>,
    #[prost(message, repeated, tag = "8")]
    opset_import: Vec<OperatorSet>,
}

#[derive(Clone, PartialEq, Message)]
struct OperatorSet {
    #[prost(string, tag = "1")]
    domain: String,
    #[prost(int64, tag = "2")]
    version: i64,
}

#[derive(Clone, PartialEq, Message)]
struct Graph {
    #[prost(message, repeated, tag = "1")]
    node: Vec<Node>,
    #[prost(string, tag = "2")]
    name: String,
    #[prost(message, repeated, tag = "5")]
    initializer: Vec<TensorValue>,
    #[prost(message, repeated, tag = "11")]
    input: Vec<ValueInfo>,
    #[prost(message, repeated, tag = "12")]
    output: Vec<ValueInfo>,
}

#[derive(Clone, PartialEq, Message)]
struct Node {
    #[prost(string, repeated, tag = "1")]
    input: Vec<String>,
    #[prost(string, repeated, tag = "2")]
    output: Vec<String>,
    #[prost(string, tag = "3")]
    name: String,
    #[prost(string, tag = "4")]
    op_type: String,
    #[prost(message, repeated, tag = "5")]
    attribute: Vec<Attribute>,
}

#[derive(Clone, PartialEq, Message)]
struct Attribute {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(int64, tag = "3")]
    i: i64,
    #[prost(int64, repeated, packed = "false", tag = "8")]
    ints: Vec<i64>,
    #[prost(int32, tag = "20")]
    kind: i32,
}

#[derive(Clone, PartialEq, Message)]
struct TensorValue {
    #[prost(int64, repeated, packed = "false", tag = "1")]
    dims: Vec<i64>,
    #[prost(int32, tag = "2")]
    data_type: i32,
    #[prost(string, tag = "8")]
    name: String,
    #[prost(bytes = "vec", tag = "9")]
    raw_data: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
struct ValueInfo {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(message, optional, tag = "2")]
    value_type: Option<ValueType>,
}

#[derive(Clone, PartialEq, Message)]
struct ValueType {
    #[prost(message, optional, tag = "1")]
    tensor: Option<TensorType>,
}

#[derive(Clone, PartialEq, Message)]
struct TensorType {
    #[prost(int32, tag = "1")]
    elem_type: i32,
    #[prost(message, optional, tag = "2")]
    shape: Option<Shape>,
}

#[derive(Clone, PartialEq, Message)]
struct Shape {
    #[prost(message, repeated, tag = "1")]
    dim: Vec<Dimension>,
}

#[derive(Clone, PartialEq, Message)]
struct Dimension {
    #[prost(oneof = "DimensionValue", tags = "1, 2")]
    value: Option<DimensionValue>,
}

#[derive(Clone, PartialEq, prost::Oneof)]
enum DimensionValue {
    #[prost(int64, tag = "1")]
    Fixed(i64),
    #[prost(string, tag = "2")]
    Named(String),
}

const FLOAT: i32 = 1;
const INT_ATTRIBUTE: i32 = 2;
const INTS_ATTRIBUTE: i32 = 7;

/// The bytes of the ONNX file.
pub fn export(mut network: Network) -> Vec<u8> {
    let mut graph = Graph {
        name: "ecg-lens".into(),
        input: vec![value_info("signal", ["batch", "1", "length"])],
        output: vec![value_info("logits", ["batch", "4"])],
        ..Graph::default()
    };
    let head = network.head.clone();
    let has_shortcut: Vec<bool> = network.stages.iter().map(|stage| stage.shortcut.is_some()).collect();
    for (name, convolution) in network.convolutions_mut() {
        let input = input_of(&name);
        add_convolution(&mut graph, &name, &input, convolution);
        let stage = name.split('.').next().unwrap_or_default().to_owned();
        match name.rsplit('.').next() {
            Some("stem") => graph.node.push(node("Relu", &["stem.sum"], "stem.out", vec![])),
            Some("first") => graph.node.push(node("Relu", &[&format!("{name}.sum")], &format!("{name}.out"), vec![])),
            _ => {}
        }
        // A block ends with its shortcut where it has one, else with its second convolution.
        let index: usize = stage.trim_start_matches("stage").parse().unwrap_or(0);
        let ends = index > 0 && (name.ends_with("shortcut") || (name.ends_with("second") && !has_shortcut[index - 1]));
        if ends {
            let skip = if has_shortcut[index - 1] { format!("{stage}.shortcut.sum") } else { stage_input(index) };
            graph.node.push(node("Add", &[&format!("{stage}.second.sum"), &skip], &format!("{stage}.sum"), vec![]));
            graph.node.push(node("Relu", &[&format!("{stage}.sum")], &format!("{stage}.out"), vec![]));
        }
    }
    graph.node.push(node("GlobalAveragePool", &[&stage_input(has_shortcut.len() + 1)], "pooled", vec![]));
    graph.node.push(node("Flatten", &["pooled"], "features", vec![]));
    let weight = head.weight.val().transpose();
    let dims = weight.dims();
    add_tensor(&mut graph, "head.weight", &dims, weight.into_data().try_to_vec().expect("f32 weights"));
    let bias = head.bias.map(|bias| bias.val().into_data().try_to_vec().expect("f32 weights")).unwrap_or_default();
    add_tensor(&mut graph, "head.bias", &[dims[0]], bias);
    let transposed = Attribute { name: "transB".into(), i: 1, kind: INT_ATTRIBUTE, ..Attribute::default() };
    graph.node.push(node("Gemm", &["features", "head.weight", "head.bias"], "logits", vec![transposed]));
    let model = Model {
        ir_version: 8,
        producer_name: "ecg-lens".into(),
        graph: Some(graph),
        opset_import: vec![OperatorSet { domain: String::new(), version: 13 }],
    };
    model.encode_to_vec()
}

/// What a convolution reads, by its name.
fn input_of(name: &str) -> String {
    if name == "stem" {
        return "signal".into();
    }
    let (stage, part) = name.split_once('.').unwrap_or((name, ""));
    if part == "second" {
        return format!("{stage}.first.out");
    }
    stage_input(stage.trim_start_matches("stage").parse().unwrap_or(1))
}

fn stage_input(index: usize) -> String {
    if index == 1 { "stem.out".into() } else { format!("stage{}.out", index - 1) }
}

fn add_convolution(graph: &mut Graph, name: &str, input: &str, convolution: &Convolution) {
    let (weight, bias) = convolution.folded();
    let dims = convolution.conv.weight.dims();
    add_tensor(graph, &format!("{name}.weight"), &dims, weight);
    add_tensor(graph, &format!("{name}.bias"), &[dims[0]], bias);
    let ints = |name: &str, values: &[usize]| Attribute {
        name: name.into(),
        ints: values.iter().map(|&value| value as i64).collect(),
        kind: INTS_ATTRIBUTE,
        ..Attribute::default()
    };
    let reach = dims[2] / 2 * convolution.conv.dilation;
    let attributes = vec![
        ints("kernel_shape", &[dims[2]]),
        ints("strides", &[convolution.conv.stride]),
        ints("dilations", &[convolution.conv.dilation]),
        ints("pads", &[reach, reach]),
    ];
    let inputs = [input, &format!("{name}.weight"), &format!("{name}.bias")];
    graph.node.push(node("Conv", &inputs, &format!("{name}.sum"), attributes));
}

fn add_tensor(graph: &mut Graph, name: &str, dims: &[usize], values: Vec<f32>) {
    graph.initializer.push(TensorValue {
        dims: dims.iter().map(|&dim| dim as i64).collect(),
        data_type: FLOAT,
        name: name.into(),
        raw_data: values.iter().flat_map(|value| value.to_le_bytes()).collect(),
    });
}

fn node(op_type: &str, inputs: &[&str], output: &str, attribute: Vec<Attribute>) -> Node {
    Node {
        input: inputs.iter().map(|&input| input.to_owned()).collect(),
        output: vec![output.to_owned()],
        name: output.to_owned(),
        op_type: op_type.to_owned(),
        attribute,
    }
}

fn value_info<const N: usize>(name: &str, dims: [&str; N]) -> ValueInfo {
    let dim = dims
        .map(|dim| {
            let value = match dim.parse() {
                Ok(size) => DimensionValue::Fixed(size),
                Err(_) => DimensionValue::Named(dim.to_owned()),
            };
            Dimension { value: Some(value) }
        })
        .to_vec();
    let tensor = TensorType { elem_type: FLOAT, shape: Some(Shape { dim }) };
    ValueInfo { name: name.to_owned(), value_type: Some(ValueType { tensor: Some(tensor) }) }
}
