-- Judge: Cabal's Distribution.Version, as Debian's ghc has it.
import Data.Char (chr)
import qualified Data.ByteString.Char8 as Bytes
import Distribution.Parsec (eitherParsec)
import Distribution.Version (Version)
import Numeric (readHex)

main :: IO ()
main = do
  versions <- map (parse . decode) . lines <$> getContents
  mapM_ (putStrLn . row versions) versions

decode :: String -> String
decode (a : b : rest) = chr (fst (head (readHex [a, b]))) : decode rest
decode _ = ""

parse :: String -> Maybe Version
parse text = either (const Nothing) Just (eitherParsec text)

row :: [Maybe Version] -> Maybe Version -> String
row _ Nothing = "!"
row versions (Just a) = map (maybe '!' (sign . compare a)) versions

sign :: Ordering -> Char
sign LT = '<'
sign EQ = '='
sign GT = '>'
