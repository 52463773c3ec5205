#!/usr/bin/env python3
"""Trains UDPipe 1 on EWT's training part, so that eval/peers.py can set it beside masudi: the same treebank, no vectors from outside.

    ~/masudi-peers/bin/pip install ufal-udpipe
    ~/masudi-peers/bin/python eval/train_udpipe.py ~/ewt.udpipe      # one thread, some 40 minutes of processor time

Tokenizer, tagger and parser with the library's default settings but for the rounds, which are fewer: tokenizer 15 epochs, tagger 8 iterations,
parser 8. EWT's development part chooses the best round. Fixed seeds: the library's own.
"""
import argparse
import os
import sys

from masudi_reader import DATA

TREEBANK = os.path.join(DATA, "ud", "UD_English-EWT", "en_ewt-ud-%s.conllu")
TOKENIZER = "epochs=15;dimension=24;segment_size=50;initialization_range=0.5;batch_size=50;learning_rate=0.002;dropout=0.3;early_stopping=1"
TAGGER = "models=1;iterations=8;use_lemma=1;use_xpostag=1;use_feats=1;early_stopping=1"
PARSER = ("iterations=8;embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;embedding_form=50;embedding_lemma=0;embedding_deprel=20;"
          "learning_rate=0.01;learning_rate_final=0.001;l2=0.5;hidden_layer=200;batch_size=10;transition_system=projective;"
          "transition_oracle=dynamic;structured_interval=8")


def sentences(path, udpipe):
    """The sentences of a CoNLL-U file, without its empty nodes, as the library wants them."""
    reader = udpipe.InputFormat.newConlluInputFormat()
    with open(path, encoding="utf-8") as file:
        reader.setText(file.read())
    out, error = udpipe.Sentences(), udpipe.ProcessingError()
    sentence = udpipe.Sentence()
    while reader.nextSentence(sentence, error):
        out.append(sentence)
        sentence = udpipe.Sentence()
    if error.occurred():
        raise SystemExit(f"{path}: {error.message}")
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model", help="where the model is written")
    args = ap.parse_args()
    try:
        import ufal.udpipe as udpipe
    except ImportError:
        print("ufal-udpipe is not installed", file=sys.stderr)
        raise SystemExit(77)
    error = udpipe.ProcessingError()
    model = udpipe.Trainer.train("morphodita_parsito", sentences(TREEBANK % "train", udpipe), sentences(TREEBANK % "dev", udpipe), TOKENIZER,
                                 TAGGER, PARSER, error)
    if error.occurred():
        raise SystemExit(error.message)
    with open(args.model, "wb") as file:
        file.write(model if isinstance(model, bytes) else model.encode("latin-1"))


if __name__ == "__main__":
    main()
