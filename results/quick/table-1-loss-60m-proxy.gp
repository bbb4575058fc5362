# Loss against training tokens, one line a method. Data: table-1-loss-60m-proxy.dat
set terminal svg size 937,460 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'table-1-loss-60m-proxy.svg'
unset key
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd' lt 1
set lmargin at screen 0.07471; set rmargin at screen 0.65101
set bmargin at screen 0.12174; set tmargin at screen 0.86522
set label 101 'Training loss, 60M proxy, scale quick' at screen 0.07471,0.95652 font ',15'
set label 102 'Final runs at the chosen rates, mean of 5 seeds, each point the mean of a stretch of updates.' at screen 0.07471,0.90870 font ',12' textcolor rgb '#555555'
set xlabel 'Training tokens seen (10⁶)'
set ylabel 'Training loss (nats a token)' offset 0.5,0
set xrange [0:2.195483]; set yrange [3.86479827980048:5.207147939042369]
set xtics ('0' 0.0, '0.5' 0.5, '1' 1.0, '1.5' 1.5, '2' 2.0)
set ytics ('4' 4.0, '4.2' 4.2, '4.4' 4.4, '4.6' 4.6000000000000005, '4.8' 4.800000000000001, '5' 5.0, '5.2' 5.2)
set arrow 1 from screen 0.65315,0.15553 to screen 0.67663,0.15553 nohead lw 1.2 dt solid lc rgb '#000000'
set label 1 'Full-Rank' at screen 0.68090,0.15553 left
set arrow 2 from screen 0.65315,0.56289 to screen 0.67663,0.55375 nohead lw 1.2 dt (12,3,2,3) lc rgb '#D55E00'
set label 2 'L0 + training, top support' at screen 0.68090,0.55375 left
set arrow 3 from screen 0.65315,0.60065 to screen 0.67663,0.59071 nohead lw 1.2 dt (8,3,2,3,2,3) lc rgb '#CC79A7'
set label 3 'L0 + training, random support' at screen 0.68090,0.59071 left
set arrow 4 from screen 0.65315,0.60859 to screen 0.67663,0.62767 nohead lw 1.2 dt (16,3,6,3) lc rgb '#56B4E9'
set label 4 'L0 + training, random support, one L0' at screen 0.68090,0.62767 left
set arrow 5 from screen 0.65315,0.22056 to screen 0.67663,0.21067 nohead lw 1.2 dt solid lc rgb '#777777'
set label 5 'L0 + training, top support, base too' at screen 0.68090,0.21067 left
set arrow 6 from screen 0.65315,0.23772 to screen 0.67663,0.24762 nohead lw 1.2 dt (12,4) lc rgb '#000000'
set label 6 'L0 + training, random support, base too' at screen 0.68090,0.24762 left
plot 'table-1-loss-60m-proxy.dat' index 0 using ($1/1000000.0):2 with lines lw 1.8 dt solid lc rgb '#000000', \
  'table-1-loss-60m-proxy.dat' index 1 using ($1/1000000.0):2 with lines lw 1.8 dt (12,3,2,3) lc rgb '#D55E00', \
  'table-1-loss-60m-proxy.dat' index 2 using ($1/1000000.0):2 with lines lw 1.8 dt (8,3,2,3,2,3) lc rgb '#CC79A7', \
  'table-1-loss-60m-proxy.dat' index 3 using ($1/1000000.0):2 with lines lw 1.8 dt (16,3,6,3) lc rgb '#56B4E9', \
  'table-1-loss-60m-proxy.dat' index 4 using ($1/1000000.0):2 with lines lw 1.8 dt solid lc rgb '#777777', \
  'table-1-loss-60m-proxy.dat' index 5 using ($1/1000000.0):2 with lines lw 1.8 dt (12,4) lc rgb '#000000'
